// From a plan in the real editor: a profile of a run, an index that is tried, created and taken back through the guard.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { answer, question } from "./guard_steps.mjs";
import { inEditor, runCommand } from "./harness.mjs";
import * as steps from "./steps.mjs";

const connection = "Sample shop";
const index = "CREATE INDEX orders_by_customer ON orders (customer_id)";

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
  for (const part of ["Metrics", "Trace"]) {
    await panel.getByRole("tab", { name: part }).click();
    await steps.shots(page, `profile-${part.toLowerCase()}`);
  }
  await panel.getByRole("button", { name: "Profile again…" }).click();
  await answer(page, "Profile");
  await panel.getByRole("tab", { name: "Timeline" }).click();
  await panel.locator(".timeline.compared").waitFor();
  await steps.shots(page, "profile-before-after");
  await panel.getByRole("tab", { name: "Plan" }).click();
  return panel;
}

async function tryIndex(page, panel) {
  await panel.getByRole("button", { name: "Try an index…" }).click();
  const field = panel.getByRole("textbox", { name: "Try an index that is not there" });
  await field.fill(index);
  await field.press("Control+Enter");
  const after = panel.getByRole("tree", { name: "Plan after" });
  await after.getByRole("treeitem", { name: /orders_by_customer/ }).waitFor();
  await steps.shots(page, "plan-whatif");
}

async function createAndUndo(page, panel) {
  await panel.getByRole("button", { name: "Create…" }).click();
  assert.match(await question(page), /Create this index on Sample shop\?[^]*CREATE INDEX/);
  await answer(page, "Create");
  const undo = panel.getByRole("button", { name: /^Undo/ });
  // The plan before is a profile's, so it is asked whether there shall be another run.
  assert.match(await question(page), /Run the statement again to measure/);
  await answer(page, "Measure");
  const after = panel.getByRole("tree", { name: "Plan after" });
  await after.getByRole("treeitem", { name: /orders_by_customer/ }).waitFor();
  await panel.locator(".verdict").waitFor();
  await steps.shots(page, "plan-fix");
  await undo.click();
  assert.match(await question(page), /orders_by_customer/, "the guard asks before a drop");
  await answer(page, "Drop");
  await panel.getByText("Taken back. This is the plan without it.").waitFor();
  await panel.getByRole("treeitem", { name: /orders_by_customer/ }).waitFor({ state: "detached" });
}

test("a run is profiled, an index tried, created, proved and taken back", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-plan-actions-"));
  const settings = { "window.autoDetectColorScheme": true };
  try {
    const use = async ({ page }) => {
      await openSample(page);
      const panel = await profile(page);
      await tryIndex(page, panel);
      await createAndUndo(page, panel);
    };
    await inEditor("plan-actions", folder, use, { settings });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
