// @mydba inside the plan page, in the real editor and without a model: the facts, the documents that they cite, and
// that nothing was sent.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { inEditor, webviewFrame } from "./harness.mjs";
import * as steps from "./steps.mjs";

const name = "Shop";

async function explains(page) {
  const editor = await steps.openSql(page, "shop.sql", name);
  const plan = await steps.explain(page, editor, name);
  await plan.getByRole("button", { name: "Ask @mydba" }).click();
  const answer = plan.getByRole("region", { name: "Answer of @mydba" });
  await answer.getByText("No model was asked. AI is off: nothing is sent.").waitFor();
  assert.match(await answer.locator(".markdown").innerText(), /Plan of SQLite 3\.\d+.*step/s);
  await answer.locator(".markdown pre", { hasText: "orders" }).waitFor();
  assert.equal(await answer.getByRole("button", { name: "Open the plan" }).count(), 0);
  await steps.shots(page, "plan-answer", { contrast: true });
  await answer.getByRole("list", { name: "Documents" }).getByRole("button").first().click();
  const document = await webviewFrame(page, "h1");
  await document.getByRole("heading", { level: 1 }).first().waitFor();
}

test("the plan page answers with the recipe of the chat", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, "shop.sql"), "SELECT id FROM orders WHERE total = 7;\n");
  const url = `sqlite:${path.join(folder, "shop.db")}`;
  const table = "CREATE TABLE orders (id integer, total integer)";
  await steps.cli("query", `${url}?mode=rwc`, table, "--yes");
  const settings = { "window.autoDetectColorScheme": true };
  const use = async ({ page, part }) => {
    await steps.openSidebar(page);
    await steps.addConnection(page, name, url);
    await part(t, "explain, and a citation opens its document", () => explains(page));
  };
  await inEditor("views_ai", folder, use, { settings });
});
