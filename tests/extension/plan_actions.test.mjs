// The command that profiles a statement, in the real editor: a run of the sample in all its parts, and another one beside
// it. What is done about a plan is in plans.test.mjs.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { answer, question } from "./guard_steps.mjs";
import { inEditor, runCommand } from "./harness.mjs";
import * as steps from "./steps.mjs";

const connection = "Sample shop";

async function openSample(page) {
  await steps.openSidebar(page);
  await page.getByRole("button", { name: "Open the Sample Database" }).click();
  await steps.treeRow(page, connection, 1).waitFor({ timeout: 120_000 });
  const editor = page.locator(".editor-instance .monaco-editor").first();
  await editor.locator(".codelens-decoration", { hasText: "Run" }).first().waitFor();
  await steps.cursorOn(editor, "SELECT");
}

async function profile(page) {
  await runCommand(page, "MyDBA: Profile Statement");
  assert.match(await question(page), /Run the statement to profile it\?/);
  await answer(page, "Profile");
  const panel = await steps.panelOf(page, connection, '.timeline [role="option"]');
  await panel.getByRole("option").first().waitFor();
  await steps.shots(page, "profile-timeline");
  await panel.getByRole("tab", { name: "Metrics" }).click();
  await panel.getByRole("table", { name: "Counters" }).waitFor();
  await steps.shots(page, "profile-metrics");
  await panel.getByRole("tab", { name: "Trace" }).click();
  await panel.getByText("There is no optimizer trace").waitFor();
  await steps.shots(page, "profile-trace");
  await panel.getByRole("button", { name: "Profile again…" }).click();
  await answer(page, "Profile");
  await panel.getByRole("tab", { name: "Timeline" }).click();
  await panel.locator(".timeline.compared").waitFor();
  await steps.shots(page, "profile-before-after");
}

test("a run is profiled, and again", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-plan-actions-"));
  const settings = { "window.autoDetectColorScheme": true };
  try {
    const use = async ({ page }) => {
      await openSample(page);
      await profile(page);
    };
    await inEditor("plan-actions", folder, use, { settings });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
