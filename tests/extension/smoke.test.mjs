// The packaged extension in a fresh editor: it installs, and its view container opens.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { inEditor, viewContainer } from "./harness.mjs";

test("the extension installs and shows its view container", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  try {
    await inEditor("smoke", folder, async ({ page, errors }) => {
      const tab = viewContainer(page, /^MyDBA/);
      await tab.click();
      await page.locator(".part.sidebar").getByText("MyDBA", { exact: false }).first().waitFor();
      assert.deepEqual(
        errors.filter((text) => /mydba/i.test(text)),
        [],
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
