// The packaged extension in a fresh editor: it installs, its view opens, and a schema of more tables than
// a page of the tree holds is read page by page.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { inEditor } from "./harness.mjs";
import { insist, until } from "./patience.mjs";
import * as steps from "./steps.mjs";

const tables = 450; // pages have 200
const name = (n) => `t_${String(n).padStart(4, "0")}`;
const sql = Array.from({ length: tables }, (_, i) => `CREATE TABLE ${name(i + 1)} (id integer);`);

/**
 * The last rows of the folder Tables. The keyboard leads there: only rows in view exist. The focus is
 * read without waiting: a page that arrives between two keys takes it away, and it is for the caller
 * to look once more.
 */
async function lastTables(page, count) {
  await page.locator(".part.sidebar .monaco-list").first().focus();
  await page.keyboard.press("End"); // below the tables are the folders of views and triggers
  await page.keyboard.press("ArrowUp");
  const names = [];
  for (let i = 0; i < count; ++i) {
    await page.keyboard.press("ArrowUp");
    const focused = page.locator(".part.sidebar .monaco-list-row.focused .label-name");
    names.unshift((await focused.allInnerTexts()).join());
  }
  return names;
}

const endWith = async (page, names) =>
  (await lastTables(page, names.length)).join() === names.join();

const tablesEnd = (page, names) =>
  until(() => endWith(page, names), `the tables to end with ${names}`);

/** Loads a page with `act`, which gets the row that offers it, unless the page came already. */
const nextPage = (page, before, after, act) =>
  insist(
    `the page up to ${after}`,
    async () => {
      if (!(await endWith(page, before))) return;
      await page.keyboard.press("ArrowDown"); // from the table, where the look ended
      await act();
    },
    () => endWith(page, after),
  );

test("the extension installs, and shows a schema of many tables page by page", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  const url = `sqlite:${path.join(folder, "many.db")}`;
  const more = "Load more…";
  try {
    await steps.cli("query", `${url}?mode=rwc`, sql.join("\n"), "--yes");
    await inEditor("tree", folder, async ({ page, errors }) => {
      await steps.openSidebar(page);
      await steps.addConnection(page, "many", url);
      await steps.openTree(page, ["many", "main", "Tables", name(1)]);
      const [first, second] = [200, 400].map((n) => [name(n), more]);
      const all = [name(tables - 1), name(tables)];
      await tablesEnd(page, first);
      await nextPage(page, first, second, () => page.keyboard.press("Enter"));
      // The focus has scrolled to the row.
      await nextPage(page, second, all, () => steps.treeRow(page, more, 4).click());
      assert.deepEqual(
        errors.filter((text) => /mydba/i.test(text)),
        [],
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
