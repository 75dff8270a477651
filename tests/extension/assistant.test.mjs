// What surrounds SQL in the editor: rules that underline it, with fixes, and documents that explain it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { inEditor, runCommand, screenshot, webviewFrame } from "./harness.mjs";
import * as steps from "./steps.mjs";

const sql = "SELECT id FROM orders WHERE total = NULL;\n";
const name = "Shop";

const problem = (page) => page.locator(".marker-widget, .monaco-hover").locator(":visible");

async function lints(page) {
  const editor = await steps.openSql(page, "lint.sql", name);
  await editor.locator(".squiggly-error").first().waitFor();
  await steps.cursorOn(editor, "SELECT");
  await runCommand(page, "Go to Next Problem");
  await problem(page).getByText("A comparison with NULL is never true").first().waitFor();
  await steps.shots(page, "lint", { contrast: true });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+.");
  const menu = page.locator(".action-widget");
  await menu.getByText("Write IS NULL").waitFor();
  await menu.getByText("Ask MyDBA why").waitFor();
  await screenshot(page, "lint-fixes");
  await menu.getByText("Write IS NULL").click();
  await editor.locator(".view-line", { hasText: "total IS NULL" }).waitFor();
  await editor.locator(".squiggly-error").first().waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await editor.locator(".view-line", { hasText: "total = NULL" }).waitFor();
}

async function explainsWhy(page) {
  const editor = page.locator(".editor-instance .monaco-editor").first();
  await editor.locator(".squiggly-error").first().waitFor();
  await runCommand(page, "Go to Next Problem");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget").getByText("Ask MyDBA why").click();
  const document = await webviewFrame(page, "h1");
  await document.getByRole("heading", { name: "Rules for SQL text" }).first().waitFor();
  await document
    .getByRole("link", { name: /^https:\/\/www\.postgresql\.org/ })
    .first()
    .waitFor();
  await steps.shots(page, "document", { contrast: true });
}

test("rules and documents in the editor", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, "lint.sql"), sql);
  const url = `sqlite:${path.join(folder, "shop.db")}`;
  await steps.cli(
    "query",
    `${url}?mode=rwc`,
    "CREATE TABLE orders (id integer, total integer)",
    "--yes",
  );
  const settings = { "window.autoDetectColorScheme": true, "files.hotExit": "off" };
  const use = async ({ page, part }) => {
    await steps.openSidebar(page);
    await steps.addConnection(page, name, url);
    await part(t, "a rule underlines, fixes and explains", () => lints(page));
    await part(t, "a document opens", () => explainsWhy(page));
  };
  await inEditor("assistant", folder, use, { settings });
});
