// Saved plans in the real editor: a file opens as a plan, and one that is none says what can be read.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { inEditor, screenshot, webviewFrame } from "./harness.mjs";

const library = fileURLToPath(
  new URL("../plans/mariadb/10.11-analyzed/plan.json", import.meta.url),
);

test("a file with a plan opens as a plan, another says what can be read", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-plan-file-"));
  try {
    copyFileSync(library, path.join(folder, "slow.plan.json"));
    writeFileSync(path.join(folder, "none.plan.json"), '{"a": 1}\n');
    await inEditor("plan-file", folder, async ({ page }) => {
      const open = async (name) => {
        await page.keyboard.press("Control+P");
        await page.locator(".quick-input-widget input").waitFor();
        await page.keyboard.type(name, { delay: 15 });
        await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
      };
      await open("slow.plan.json");
      const plan = await webviewFrame(page, '[role="treeitem"]');
      await plan.getByRole("treeitem").first().waitFor();
      await screenshot(page, "plan-file");
      await open("none.plan.json");
      const none = await webviewFrame(page, ".banner.error");
      await none.getByText("this text holds no query plan").waitFor();
      await screenshot(page, "plan-file-none");
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
