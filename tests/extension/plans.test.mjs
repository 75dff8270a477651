// Plans as a person works with them, on every engine that has some: read one, profile the statement, try
// an index, create it, see what it did and take it back; in production the guard stands in between. Then
// the command that profiles, and saved plans. Pictures are left in build/screenshots: of SQLite in every
// theme, of the others one.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { root } from "../../scripts/paths.mjs";
import { inEditor, openFile, runCommand, screenshot, webviewFrame } from "./harness.mjs";
import { answer, question } from "./guard_steps.mjs";
import * as steps from "./steps.mjs";

const savedPlan = path.join(root, "tests/plans/mariadb/10.11-analyzed/plan.json");
const table = "plan_orders";
const index = `${table}_customer`;
const sql = `SELECT id, total FROM ${table} WHERE customer_id = 42 ORDER BY total DESC`;
const create = `CREATE INDEX ${index} ON ${table} (customer_id)`;
const series = "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 20000)";
const row = "i, i % 500, i % 97";

const engines = {
  SQLite: {
    allThemes: true,
    rows: `INSERT INTO ${table} ${series} SELECT ${row} FROM t`,
    indexes: `SELECT count(*) FROM sqlite_schema WHERE name = '${index}'`,
  },
  PostgreSQL: {
    variable: "POSTGRES",
    rows: `INSERT INTO ${table} SELECT ${row} FROM generate_series(1, 20000) AS t(i)`,
    indexes: `SELECT count(*) FROM pg_indexes WHERE indexname = '${index}'`,
    extension: "CREATE EXTENSION IF NOT EXISTS hypopg",
  },
  MySQL: {
    variable: "MYSQL",
    // 141 deep: a recursion of more than 1,000 is refused by default.
    rows: `INSERT INTO ${table} WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 141), t(i) AS (SELECT a.i * 142 + b.i + 1 FROM d a JOIN d b) SELECT ${row} FROM t`,
    indexes: `SELECT count(DISTINCT INDEX_NAME) FROM information_schema.STATISTICS WHERE INDEX_NAME = '${index}'`,
    counted: `ANALYZE TABLE ${table}`,
    asks: true,
    trace: true,
  },
  MariaDB: {
    variable: "MARIADB",
    rows: `INSERT INTO ${table} SELECT seq, seq % 500, seq % 97 FROM seq_1_to_20000`,
    indexes: `SELECT count(DISTINCT INDEX_NAME) FROM information_schema.STATISTICS WHERE INDEX_NAME = '${index}'`,
    counted: `ANALYZE TABLE ${table}`,
    asks: true,
    trace: true,
  },
};

async function prepare(url, { rows, counted, indexes, extension }) {
  const creating = url.startsWith("sqlite:") ? `${url}?mode=rwc` : url;
  for (const statement of [
    `DROP TABLE IF EXISTS ${table}`,
    `CREATE TABLE ${table} (id integer PRIMARY KEY, customer_id integer, total integer)`,
    rows,
    // InnoDB counts a table's rows in the background, whenever it comes to it; until then it is empty to the optimizer.
    ...(counted ? [counted] : []),
    ...(extension ? [extension] : []),
  ])
    await steps.cli("query", creating, statement, "--yes");
  return async () =>
    /\b1$/.test((await steps.cli("query", url, indexes, "--format", "csv")).trim());
}

const press = (plan, name) => plan.getByRole("button", { name }).first().click();
const stepWithIndex = (plan) => plan.getByRole("treeitem", { name: new RegExp(index) }).first();
const runsIt = /Run the statement to profile it\?/;

const picture = (page, name, { allThemes }) =>
  steps.picture(page, name, allThemes, { contrast: true });

/** The plan, its profile's parts, and back. */
async function readAndProfile(page, plan, name, engine) {
  await picture(page, `plan-${name}`, engine);
  await press(plan, /^Profile/);
  await question(page, runsIt);
  await answer(page, "Profile");
  await plan.getByRole("tab", { name: "Timeline" }).waitFor();
  await plan.locator("main.profile").waitFor();
  await picture(page, `profile-${name}`, engine);
  await plan.getByRole("tab", { name: "Metrics" }).click();
  await plan.locator("main.profile table, main.profile .empty").first().waitFor();
  await screenshot(page, `profile-${name}-metrics`);
  if (engine.trace) {
    await plan.getByRole("tab", { name: "Trace" }).click();
    await plan.locator("main.profile").getByText(table).first().waitFor();
    await screenshot(page, `profile-${name}-trace`);
  }
  await plan.getByRole("tab", { name: "Plan", exact: true }).click();
  await plan.locator(".surface .card").first().waitFor();
}

/** The plan with an index that is not there; returns once it is drawn beside today's. */
async function tryIndex(page, plan, name, engine, hasIndex) {
  if (!(await plan.locator("#wish").isVisible())) await press(plan, /^Try an index/);
  await plan.locator("#wish").fill(create);
  await press(plan, "Try it");
  if (engine.asks) {
    await question(page, /cannot be found out without touching/);
    await answer(page, await goingOn(page));
  }
  await plan.getByText("With the index").first().waitFor();
  await plan.locator(".tried .badge").getByText("used", { exact: true }).waitFor();
  assert.equal(await hasIndex(), false, "trying it has created nothing");
  await picture(page, `what-if-${name}`, engine);
}

/** The button that agrees says what will be done, which differs by server. */
const goingOn = (page) =>
  page
    .locator(".monaco-dialog-box .monaco-button", { hasText: /Use a Copy|Build/ })
    .first()
    .innerText();

/** Creates it from there, sees the proof, and takes it back. */
async function createAndUndo(page, plan, name, engine, hasIndex, agree) {
  await press(plan, "Create…");
  await agree();
  await plan.getByText("Before and after the index").first().waitFor();
  await plan.locator(".verdict").waitFor();
  await stepWithIndex(plan.getByRole("tree", { name: "Plan after" })).waitFor();
  assert.equal(await hasIndex(), true);
  await picture(page, `fix-${name}`, engine);
  await press(plan, /^Undo: /);
  await question(page, /Drop the index plan_orders_customer\?/);
  await answer(page, "Drop");
  await steps.until(async () => !(await hasIndex()), "the index to be gone again");
  await plan.getByText("Taken back. This is the plan without it.").waitFor();
  await stepWithIndex(plan).waitFor({ state: "detached" });
}

/** In production it is the guard that asks, with the impact; whoever declines has changed nothing. */
async function createInProduction(page, url) {
  const name = "Production shop";
  const hasIndex = await prepare(url, engines.SQLite);
  await steps.addConnection(page, name, url, { environment: "Production" });
  const editor = await steps.openSql(page, "plans.sql", name, async () => {
    await question(page, /Connect to production/);
    await answer(page, "Connect to Production");
  });
  const plan = await steps.explain(page, editor, name);
  for (const agreed of [false, true]) {
    await tryIndex(page, plan, name, engines.SQLite, hasIndex);
    await press(plan, "Create…");
    const text = await question(page, /Create the index plan_orders_customer/);
    assert.match(text, /Connection: Production shop \(production\)/);
    if (agreed) await picture(page, "fix-production", engines.SQLite);
    await answer(page, agreed ? "Create" : "Cancel");
    if (agreed) break;
    await plan.locator(".banner.error", { hasText: /declined|not run|cancelled/i }).waitFor();
    assert.equal(await hasIndex(), false);
  }
  await plan.getByText("Before and after the index").first().waitFor();
  assert.equal(await hasIndex(), true);
  await steps.closeEditors(page);
}

async function useEngine(page, name, url) {
  const server = engines[name];
  const hasIndex = await prepare(url, server);
  await steps.addConnection(page, name, url);
  const editor = await steps.openSql(page, "plans.sql", name);
  const plan = await steps.explain(page, editor, name);
  await readAndProfile(page, plan, name, server);
  await tryIndex(page, plan, name, server, hasIndex);
  const agree = async () => {
    await question(page, /Create this index on [^]*CREATE INDEX/);
    await answer(page, "Create");
    // The plan before was measured, by the profile.
    await question(page, /Run the statement again to measure what the index did\?/);
    await answer(page, "Measure");
  };
  await createAndUndo(page, plan, name, server, hasIndex, agree);
  await steps.closeEditors(page);
}

/** The command that profiles a statement: all parts of a run, and another one beside it. */
async function profileTwice(page, connection) {
  const editor = await steps.openSql(page, "plans.sql", connection);
  await steps.cursorOn(editor, "SELECT");
  await runCommand(page, "MyDBA: Profile Statement");
  await question(page, runsIt);
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
  await press(panel, "Profile again…");
  await question(page, runsIt);
  await answer(page, "Profile");
  await panel.getByRole("tab", { name: "Timeline" }).click();
  await panel.locator(".timeline.compared").waitFor();
  await steps.shots(page, "profile-before-after");
  await steps.closeEditors(page);
}

/** A file with a plan opens as a plan, another says what can be read. */
async function openSaved(page) {
  await openFile(page, "slow.plan.json");
  const plan = await webviewFrame(page, '[role="treeitem"]');
  await plan.getByRole("treeitem").first().waitFor();
  await screenshot(page, "plan-file");
  await openFile(page, "none.plan.json");
  const none = await webviewFrame(page, ".banner.error");
  await none.getByText("this text holds no query plan").waitFor();
  await screenshot(page, "plan-file-none");
  await steps.closeEditors(page);
}

async function useAll(t, page, part, folder) {
  const file = `sqlite:${path.join(folder, "plans.db")}`;
  for (const [name, { variable }] of Object.entries(engines)) {
    const url = variable ? process.env[`MYDBA_TEST_${variable}`] : file;
    const skip = url ? false : `MYDBA_TEST_${variable} is not set`;
    await part(t, name, () => useEngine(page, name, url), skip);
  }
  await part(t, "production", () =>
    createInProduction(page, `sqlite:${path.join(folder, "production.db")}`),
  );
  await part(t, "a run is profiled, and again", () => profileTwice(page, "SQLite"));
  await part(t, "saved plans", () => openSaved(page));
}

test("plans, profiles and indexes on every engine", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-plans-"));
  writeFileSync(path.join(folder, "plans.sql"), `${sql};\n`);
  copyFileSync(savedPlan, path.join(folder, "slow.plan.json"));
  writeFileSync(path.join(folder, "none.plan.json"), '{"a": 1}\n');
  const settings = {
    "window.autoDetectColorScheme": true,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
  };
  try {
    const use = ({ page, part }) =>
      steps.openSidebar(page).then(() => useAll(t, page, part, folder));
    await inEditor("plans", folder, use, { settings, height: 1100 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
