// Results that no panel could hold: the helper spools them, the panel shows any row, sorts and filters
// all of them, and closing it ends the statement on the server and removes the spool.
// How fast that is, tests/bench/panel.mjs measures.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { helperPid, inEditor } from "./harness.mjs";
import { insist } from "./patience.mjs";
import * as results from "./results_panel.mjs";
import * as steps from "./steps.mjs";

const url = process.env.MYDBA_TEST_POSTGRES;
const connection = "server";
const rowCount = 10_000_000;
// More than the panel asks for by itself, and the rest is less than a frame of 128 KiB.
const unsentRows = 18_500;
const longMs = 300_000;
const files = {
  "unsent.sql": results.manyRows(unsentRows),
  "large.sql": results.manyRows(rowCount),
  "endless.sql": results.manyRows(1_000_000_000),
};
const row = (i) => [String(i), `Customer ${i}`, String(results.numberOf(i))];
const grouped = (n) => n.toLocaleString("en-US");

/** Statements of this file that the server runs now, or holds for a client that reads no further. */
async function onServer() {
  const sql = `SELECT count(*) FROM pg_stat_activity
    WHERE state = 'active' AND query LIKE 'SELECT i,%many_rows%'`;
  const answer = await steps.cli("query", url, sql, "--format", "csv");
  return Number(answer.trim().split(/\s+/).pop());
}

async function openPanel(page, file) {
  await steps.openSql(page, file, connection);
  const panel = await steps.run(page, connection);
  await results.cell(panel, 0, results.columns.i).filter({ hasText: "1" }).waitFor();
  return panel;
}

async function closePanel(page) {
  const tab = page.locator(".tab", { hasText: `· ${connection}` });
  await insist(
    "closing the results",
    (timeout) => tab.getByRole("button", { name: "Close" }).click({ timeout }),
    async () => (await tab.count()) === 0,
  );
}

async function showUnsentRows(page) {
  const panel = await openPanel(page, "unsent.sql");
  await results
    .status(panel)
    .getByText(`${grouped(unsentRows)} rows`)
    .waitFor();
  await panel.getByRole("button", { name: "Last row" }).click();
  await results.cell(panel, unsentRows - 1, results.columns.i).waitFor();
  const { cells } = await results.jumpTo(panel, unsentRows - 1, unsentRows);
  assert.deepEqual(cells.slice(0, 3), row(unsentRows));
  await closePanel(page);
}

async function readAll(t, panel) {
  const longestGap = await results.watchFrames(panel);
  const since = Date.now();
  await panel.getByRole("button", { name: "Read all rows" }).click();
  // Another place can be looked at meanwhile.
  await results
    .status(panel)
    .getByText(/\d,\d{3},\d{3} rows so far/)
    .waitFor();
  for (const found of await results.scrollTo(panel, 0.7))
    assert.deepEqual(found.cells.slice(0, 3), row(found.row + 1));
  await results
    .status(panel)
    .getByText(`${grouped(rowCount)} rows`)
    .waitFor({ timeout: longMs });
  t.diagnostic(
    `all rows read after ${Date.now() - since} ms, longest gap ${await longestGap()} ms`,
  );
}

async function lookAround(t, panel) {
  await results.cell(panel, rowCount - 1, results.columns.i).waitFor(); // "Read all rows" leads there
  for (const at of [rowCount - 1, 4_999_999, 123_456, 0]) {
    const { cells, ms } = await results.jumpTo(panel, at, rowCount);
    assert.deepEqual(cells.slice(0, 3), row(at + 1));
    t.diagnostic(`row ${at} after ${Math.round(ms)} ms`);
  }
}

async function sortAndFilter(page, panel) {
  const sorted = results.sortedNumbers(rowCount);
  await results.sortBy(panel, "n");
  const smallest = results.cell(panel, 0, results.columns.n);
  await smallest.filter({ hasText: exactly(sorted[0]) }).waitFor({ timeout: longMs });
  for (const at of [rowCount - 1, 5_000_000, 0]) {
    const { cells } = await results.jumpTo(panel, at, rowCount);
    assert.equal(cells[results.columns.n], String(sorted[at]));
    assert.equal(results.numberOf(Number(cells[0])), sorted[at], "the cells of one row");
  }
  const below = sorted.filter((n) => n < 1000).length;
  await results.filter(panel, "n", "< 1000");
  const told = `${grouped(below)} of ${grouped(rowCount)} rows`;
  await results.status(panel).getByText(told).waitFor({ timeout: longMs });
  const { cells } = await results.jumpTo(panel, below - 1, below);
  assert.equal(cells[results.columns.n], String(sorted[below - 1]));
  await steps.shots(page, "large-filtered");
}

const exactly = (value) => new RegExp(`^${value}$`);

async function showLargeResult(t, page, pid) {
  const panel = await openPanel(page, "large.sql");
  await results.status(panel).getByText("more rows wait").waitFor();
  assert.equal(await onServer(), 1, "the server holds the rest");
  assert.equal(results.temporaryFiles(pid).length, 1);
  await steps.shots(page, "large-first-rows");
  await readAll(t, panel);
  await lookAround(t, panel);
  await sortAndFilter(page, panel);
  assert.equal(await onServer(), 0);
  await closePanel(page);
  await results.noTemporaryFiles(pid);
}

/** A statement of which rows wait is run once more: the earlier run and its spool are gone. */
async function runAgain(page, panel, pid) {
  const madeAt = () => results.cell(panel, 0, results.columns.madeAt).textContent();
  const before = await madeAt();
  await steps.pressRun(page);
  await steps.until(async () => (await madeAt()) !== before, "the first rows of the second run");
  await steps.until(
    async () => (await onServer()) === 1 && results.temporaryFiles(pid).length === 1,
    "the end of the first run",
  );
}

async function closeWhileReading(page, profile, pid) {
  const panel = await openPanel(page, "endless.sql");
  await runAgain(page, panel, pid);
  await panel.getByRole("button", { name: "Read all rows" }).click();
  await results
    .status(panel)
    .getByText(/\d,\d{3},\d{3} rows so far/)
    .waitFor();
  await steps.shots(page, "large-reading");
  assert.equal(await onServer(), 1);
  assert.equal(results.temporaryFiles(pid).length, 1);
  await closePanel(page);
  await steps.until(async () => (await onServer()) === 0, "the statement to end on the server");
  await results.noTemporaryFiles(pid);
  assert.equal(helperPid(profile), pid, "the helper lives on");
}

test(
  "a result of ten million rows",
  { skip: url ? false : "MYDBA_TEST_POSTGRES is not set" },
  async (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, name), sql);
    await inEditor(
      "large",
      folder,
      async ({ page, editor, errors, part }) => {
        await steps.openSidebar(page);
        await steps.addConnection(page, connection, url);
        await part(t, "rows that the run did not send are shown", () => showUnsentRows(page));
        const pid = await steps.until(() => helperPid(editor.profile), "the helper");
        await part(t, "all rows are read, found, sorted and filtered", (t) =>
          showLargeResult(t, page, pid),
        );
        await part(t, "closing the panel ends the statement and removes the spool", () =>
          closeWhileReading(page, editor.profile, pid),
        );
        assert.deepEqual(
          errors.filter((text) => /mydba/i.test(text)),
          [],
        );
      },
      { settings: { "window.autoDetectColorScheme": true } },
    );
  },
);
