// The guard as a person meets it: what development, staging and production ask about, block and take
// back. Pictures are left in build/screenshots: of SQLite in the light and the dark theme, of
// PostgreSQL in one.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { inEditor, runCommand, webviewFrame } from "./harness.mjs";
import { answer, question, run, write } from "./guard_steps.mjs";
import * as steps from "./steps.mjs";

const table = "guard_orders";
const everyRow = `UPDATE ${table} SET total = 0`;
const manyRows = `UPDATE ${table} SET total = total + 1 WHERE id > 0`;
const oneRow = `UPDATE ${table} SET total = -1 WHERE id = 1`;
const dropTable = `DROP TABLE ${table}`;
const dropIndex = `DROP INDEX ${table}_total`;

const engines = {
  SQLite: {
    allThemes: true,
    rows: "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 5000) SELECT i, i % 100 FROM t",
    index: `SELECT count(*) AS n FROM sqlite_schema WHERE name = '${table}_total'`,
  },
  PostgreSQL: {
    rows: "SELECT i, i % 100 FROM generate_series(1, 5000) AS t(i)",
    // On a busy machine the rows are not counted in time: what is then expected is as many.
    settle: `VACUUM (ANALYZE) ${table}`,
    index: `SELECT count(*) AS n FROM pg_indexes WHERE indexname = '${table}_total'`,
  },
};

const picture = (page, name, { allThemes }) => steps.picture(page, name, allThemes);

/** A table of 5,000 rows with an index, and what it holds as another client sees it. */
async function prepare(url, { rows, settle, index, allThemes }) {
  const creating = url.startsWith("sqlite:") ? `${url}?mode=rwc` : url;
  for (const sql of [
    `DROP TABLE IF EXISTS ${table}`,
    `CREATE TABLE ${table} (id integer PRIMARY KEY, total integer)`,
    `INSERT INTO ${table} ${rows}`,
    `CREATE INDEX ${table}_total ON ${table} (total)`,
  ])
    await steps.cli("query", creating, sql, "--yes");
  const ask = async (sql) => (await steps.cli("query", url, sql, "--format", "csv")).trim();
  return {
    allThemes,
    settle: () => settle && steps.cli("query", url, settle, "--yes"),
    content: () => ask(`SELECT count(*) AS n, sum(total) AS total FROM ${table}`),
    hasIndex: async () => /\b1$/.test(await ask(index)),
  };
}

/** Development: what destroys is asked about, can be tried, held and taken back. */
async function inDevelopment(page, editor, name, server) {
  const before = await server.content();
  const changesAll = /Change every row of guard_orders\?/;
  await write(page, editor, everyRow);
  await steps.pressRun(page);
  const text = await question(page, changesAll);
  assert.match(text, new RegExp(`Connection: ${name} \\(development\\)`));
  await picture(page, `guard-${name}-question`, server);
  await answer(page, "Cancel");
  assert.equal(await server.content(), before);

  // Enter takes the first button, which changes nothing.
  await steps.pressRun(page);
  await question(page, changesAll);
  await page.locator(".monaco-dialog-box :focus").waitFor();
  await page.keyboard.press("Enter");
  await question(page, /5,000/);
  await answer(page, "Cancel");
  assert.equal(await server.content(), before);

  await write(page, editor, manyRows);
  await runCommand(page, "MyDBA: Dry Run Statement");
  const rows = await steps.panelOf(page, name, ".banner");
  await rows.getByText("Dry run: 5,000 rows would change; everything was rolled back.").waitFor();
  await picture(page, `guard-${name}-dry-run`, server);
  assert.equal(await server.content(), before);

  await run(page, editor, everyRow, "Change, Then Decide");
  await rows.getByText("5,000 rows changed, and not committed yet").waitFor();
  await picture(page, `guard-${name}-held`, server);
  await rows.getByRole("button", { name: "Roll Back" }).click();
  await rows.getByText("Rolled back: everything is as before.").waitFor();
  assert.equal(await server.content(), before);

  await run(page, editor, manyRows, "Change");
  await rows.locator("footer", { hasText: "5,000 rows affected" }).waitFor();
  assert.notEqual(await server.content(), before);

  await run(page, editor, dropIndex, "Drop");
  const undo = rows.getByRole("button", { name: /^Undo: / });
  await undo.waitFor();
  assert.equal(await server.hasIndex(), false);
  await picture(page, `guard-${name}-undo`, server);
  await undo.click();
  await steps.until(server.hasIndex, "the index to be there again");
}

/** Staging: asks as development does. */
async function inStaging(page, editor, name, server) {
  const before = await server.content();
  for (const [sql, asks] of [
    [everyRow, /Change every row of guard_orders\?/],
    [dropTable, /Drop the table guard_orders\?/],
    [manyRows, /Change .*rows of guard_orders\?[^]*5,000 rows/],
  ]) {
    const text = await run(page, editor, sql, "Cancel", asks);
    assert.match(text, new RegExp(`Connection: ${name} \\(staging\\)`));
  }
  assert.equal(await server.content(), before);
  await picture(page, `guard-${name}`, server);
}

/** Production: what destroys is blocked, as is what changes too much; the rest is asked about. */
async function inProduction(page, editor, name, server) {
  const before = await server.content();
  for (const [sql, why] of [
    [everyRow, "UPDATE without a WHERE changes every row"],
    [dropTable, `${table} is removed`],
    [dropIndex, `${table}_total is removed`],
    [manyRows, "5,000 rows"],
  ]) {
    await run(page, editor, sql);
    const refused = steps.panelOf(page, name, `.run-error:has-text("${why}")`);
    // Where rows are not counted beforehand, it is asked about, and taken back when they are too many.
    if (sql === manyRows) await agreeWhenAsked(page, refused);
    const rows = await refused;
    await rows.getByText("This was not run").waitFor();
    await rows.getByText("What you can do:").waitFor();
    await picture(page, `guard-${name}-${sql.split(" ")[0].toLowerCase()}`, server);
  }
  assert.equal(await server.content(), before);
  assert.equal(await server.hasIndex(), true);
  const text = await run(page, editor, oneRow, "Change");
  assert.match(text, new RegExp(`Connection: ${name} \\(production\\)`));
  await steps.until(async () => (await server.content()) !== before, "the one row to change");
}

async function agreeWhenAsked(page, otherwise) {
  const dialog = page.locator(".monaco-dialog-box");
  await Promise.race([dialog.waitFor(), otherwise]);
  if (await dialog.isVisible()) await answer(page, "Change");
}

/** Where production allows it, what destroys is typed. */
async function typedInProduction(page, editor, name, server) {
  await run(page, editor, dropIndex, "Drop");
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor();
  await input.fill("guard");
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-message", { hasText: /^Type .* to run this/ }).waitFor();
  await picture(page, `guard-${name}-typed`, server);
  assert.equal(await server.hasIndex(), true);
  const [, phrase] = /Type (\S+) to run/.exec(
    await page.locator(".quick-input-message").innerText(),
  );
  await input.fill(phrase);
  await page.keyboard.press("Enter");
  await steps.until(async () => !(await server.hasIndex()), "the index to be gone");
}

/** Production is agreed to when it is opened for the first time. */
async function acknowledge(page, name, server) {
  const text = await question(page, new RegExp(`Connect to production: ${name}\\?`));
  assert.match(text, /DELETE, TRUNCATE, DROP, ALTER/);
  await picture(page, `guard-${name}-acknowledge`, server);
  await answer(page, "Connect to Production");
}

/** What was asked, blocked and done is in the log, which is as it was written. */
async function inAudit(page) {
  await runCommand(page, "MyDBA: Show Audit Log");
  const audit = await webviewFrame(page, 'body:has([aria-label="Search the log"])');
  for (const outcome of ["blocked", "declined", "done"])
    await audit.locator(".grid-cell:visible", { hasText: outcome }).first().waitFor();
  await audit.getByLabel("Search the log").fill(dropIndex);
  const line = audit.locator(".grid-cell:visible", { hasText: dropIndex }).first();
  await audit
    .locator(".grid-cell:visible", { hasText: "UPDATE" })
    .first()
    .waitFor({ state: "hidden" });
  // The grid has few cells for all rows, and moves them: the one that was found may be hidden by now.
  const details = audit.locator("aside").getByText(dropIndex).first();
  await steps.until(async () => {
    await line.click({ timeout: 2000 }).catch(() => {});
    return details.isVisible();
  }, "the details of the dropped index");
  await audit.getByRole("button", { name: "Verify" }).click();
  await audit.locator(".banner.ok").waitFor();
  await steps.shots(page, "guard-audit");
}

async function useEngine(page, engine, url) {
  const server = await prepare(url, engines[engine]);
  const connect = async (use, options, act) => {
    const name = `${engine} ${use}`;
    await server.settle();
    await steps.addConnection(page, name, url, options);
    const asked = () => options.environment === "Production" && acknowledge(page, name, server);
    const editor = await steps.openSql(page, "guard.sql", name, asked);
    await act(page, editor, name, server);
    await steps.closeEditors(page);
  };
  await connect("dev", {}, inDevelopment);
  await connect("staging", { environment: "Staging" }, inStaging);
  await connect("prod", { environment: "Production" }, inProduction);
  const typed = { environment: "Production", allowDestructive: true };
  await connect("typed", typed, typedInProduction);
}

test("what each environment asks, blocks and takes back", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, "guard.sql"), "SELECT 1;\n");
  const urls = {
    SQLite: `sqlite:${path.join(folder, "guard.db")}`,
    PostgreSQL: process.env.MYDBA_TEST_POSTGRES,
  };
  const settings = { "window.autoDetectColorScheme": true, "files.hotExit": "off" };
  await inEditor(
    "guard",
    folder,
    async ({ page, part }) => {
      await steps.openSidebar(page);
      for (const [engine, url] of Object.entries(urls)) {
        const skip = url ? false : "MYDBA_TEST_POSTGRES is not set";
        await part(t, engine, () => useEngine(page, engine, url), skip);
      }
      await part(t, "the audit log tells of it", () => inAudit(page));
    },
    { settings },
  );
});
