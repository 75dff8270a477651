// The whole path on every engine, as a person goes it: connect, look around, run, read a plan, end a
// query, ask in the chat. One editor for all engines. Pictures are left in build/screenshots: of the
// sample and PostgreSQL in the light and the dark theme, of the others one.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { ask, choose, inEditor } from "./harness.mjs";
import * as steps from "./steps.mjs";

const shopTables = (text, id) => [
  "DROP TABLE IF EXISTS e2e_orders",
  `CREATE TABLE e2e_orders (id ${id} PRIMARY KEY, customer ${text}, total ${id})`,
  "INSERT INTO e2e_orders VALUES (1, 'Ada', 120), (2, 'Grace', 80), (3, 'Edsger', 310)",
];
const shopQuery = "SELECT customer, total FROM e2e_orders WHERE total > 100 ORDER BY total;\n";
const endStatement = {
  button: "End query",
  asks: /End the running statement of session/,
  told: "was told to stop",
};
const endConnection = {
  button: "End connection",
  asks: /Close the connection of session/,
  told: "was closed",
  // The server cannot end a command and keep its connection, and has no plans.
  absent: ["End query", "Explain"],
};
const sqlServer = (variable, schema, sleep) => ({
  variable,
  prepare: shopTables("varchar(40)", "integer"),
  tree: [...schema, "Tables", "e2e_orders", "customer"],
  sql: shopQuery,
  cell: "Edsger",
  plan: true,
  sleep,
  end: endStatement,
  // With the bracket: an idle session of MySQL says "Sleep".
  sleepText: sleep.match(/\w*sleep\(/)[0],
  schemaAnswer: /e2e_orders/,
});
const keyServer = (variable) => ({
  variable,
  prepare: ["HSET e2e:order:1 customer Ada total 120", "SET e2e:greeting hello"],
  tree: ["db0", "e2e:", "e2e:greeting"],
  sql: "HGETALL e2e:order:1\n",
  cell: "Ada",
  sleep: "CLIENT SETNAME report\nXREAD BLOCK 600000 STREAMS e2e:nothing $",
  sleepText: "xread",
  end: endConnection,
  schemaAnswer: /e2e/,
});

// MyDBA hides its own sessions, and on PostgreSQL it knows them by this name.
const otherName = "SET application_name = 'a report';";

const servers = {
  PostgreSQL: sqlServer("POSTGRES", ["mydba", "public"], `${otherName} SELECT pg_sleep(600)`),
  MySQL: sqlServer("MYSQL", ["mydba"], "SELECT sleep(600)"),
  MariaDB: sqlServer("MARIADB", ["mydba"], "SELECT sleep(600)"),
  Redis: keyServer("REDIS"),
  Valkey: keyServer("VALKEY"),
};

const urlOf = ({ variable }) => process.env[`MYDBA_TEST_${variable}`];

const picture = (page, name, what) => steps.picture(page, `${name}-${what}`, name === "PostgreSQL");

async function askAboutIt(page, { plan, schemaAnswer, sql }, name) {
  assert.match(await ask(page, "@mydba /schema"), schemaAnswer);
  const explained = await ask(page, `@mydba /explain ${sql.trim()}`);
  if (plan) assert.match(explained, /Plan of .*step/s);
  else assert.match(explained, /has no query plans/);
  await picture(page, name, "chat");
}

/** A query of another client is seen in the process list, explained and ended from there. */
async function endSleepingQuery(page, name, url, { sleep, sleepText, end, plan }) {
  const other = steps.otherClient(url, sleep);
  try {
    const processes = await steps.openProcesses(page, name);
    await steps.chooseProcess(processes, sleepText);
    await processes.getByRole("button", { name: end.button }).waitFor();
    for (const button of end.absent ?? [])
      assert.equal(await processes.getByRole("button", { name: button }).count(), 0, button);
    if (plan) await steps.explainProcess(page, processes, name);
    await steps.chooseProcess(processes, sleepText);
    const question = await steps.endQuery(page, processes, end.button);
    assert.match(question.text, end.asks);
    await picture(page, name, "processes");
    await question.confirm();
    await processes.locator(".banner.told", { hasText: end.told }).waitFor();
    await other.ended();
  } finally {
    other.stop();
  }
}

async function useServer(page, name, server) {
  const url = urlOf(server);
  for (const statement of server.prepare) await steps.cli("query", url, statement, "--yes");
  await steps.addConnection(page, name, url, {
    test: name === "PostgreSQL",
    shot: name === "PostgreSQL" && "form",
  });
  await steps.openTree(page, [name, ...server.tree]);
  const editor = await steps.openSql(page, `${name}.sql`, name);
  await steps.cursorOn(editor, server.sql.split(" ")[0]);
  const rows = await steps.run(page, name);
  await rows.locator(".grid-cell", { hasText: server.cell }).first().waitFor();
  await picture(page, name, "rows");
  if (server.plan) {
    const plan = await steps.explain(page, editor, name);
    assert.ok((await plan.locator(".card").count()) > 0);
    await picture(page, name, "plan");
  } else {
    assert.equal(await editor.locator(".codelens-decoration", { hasText: "Explain" }).count(), 0);
  }
  await askAboutIt(page, server, name);
  await endSleepingQuery(page, name, url, server);
  await steps.closeEditors(page);
  await steps.collapseTree(page);
}

/** From the results below the editor another query opens above, where the first one is. */
async function anotherQuery(page, plan) {
  await plan.locator(".card").first().click();
  await choose(page, "MyDBA: Open a Sample Query", "03-leading-wildcard");
  const above = page.locator(".editor-group-container").first();
  await above.locator(".tab.active", { hasText: "03-leading-wildcard" }).waitFor();
  await above.locator(".codelens-decoration", { hasText: "Run" }).first().waitFor();
}

async function useSample(page) {
  await page.getByRole("button", { name: "Open the Sample Database" }).click();
  const name = "Sample shop";
  await steps.treeRow(page, name, 1).waitFor({ timeout: 120_000 });
  const editor = page.locator(".editor-instance .monaco-editor").first();
  await editor.locator(".view-line").first().waitFor();
  // The tree takes the focus before the editor has asked for CodeLens; it comes all the same.
  await steps.openTree(page, [name, "main", "Tables", "orders", "customer_id"]);
  await editor.locator(".codelens-decoration", { hasText: "Run" }).first().waitFor();
  await steps.cursorOn(editor, "SELECT");
  const rows = await steps.run(page, name);
  await rows.locator("footer", { hasText: /\d+ rows/ }).waitFor();
  await steps.shots(page, "sample-rows");
  const plan = await steps.explain(page, editor, name);
  await plan.locator(".finding").first().waitFor();
  await steps.shots(page, "sample-plan");
  await anotherQuery(page, plan);
  assert.match(await ask(page, "@mydba /schema"), /customers/);
  assert.match(
    await ask(page, "@mydba /explain SELECT * FROM orders WHERE customer_id = 7"),
    /Plan of .*step/s,
  );
  await steps.shots(page, "sample-chat");
  await steps.closeEditors(page);
  await steps.collapseTree(page);
}

test("every engine, from connecting to an answer", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  for (const [name, { sql }] of Object.entries(servers))
    writeFileSync(path.join(folder, `${name}.sql`), sql);
  const settings = { "window.autoDetectColorScheme": true };
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await inEditor(
    "spine",
    folder,
    async ({ page, errors, part }) => {
      await steps.openSidebar(page);
      await part(t, "the sample database", () => useSample(page));
      for (const [name, server] of Object.entries(servers)) {
        const skip = urlOf(server) ? false : `MYDBA_TEST_${server.variable} is not set`;
        await part(t, name, () => useServer(page, name, server), skip);
      }
      assert.deepEqual(
        errors.filter((text) => /mydba/i.test(text)),
        [],
      );
    },
    { settings },
  );
});
