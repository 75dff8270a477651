// The busiest statements of a server in the real editor: from the tree's menu to the plan of one of them.
// What they are called is hostile. Pictures are left in build/screenshots, of PostgreSQL in every theme.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { Client } from "../server/client.mjs";
import { inEditor } from "./harness.mjs";
import { insist } from "./patience.mjs";
import * as steps from "./steps.mjs";

const hostileName = '<img src=x onerror="hacked=1"> 顧客';

const servers = {
  PostgreSQL: {
    variable: "POSTGRES",
    inAllThemes: true,
    quoted: `"${hostileName.replaceAll('"', '""')}"`,
    // Counted anew, lest these be lost behind whatever else a server had to do before.
    prepare: [
      "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
      "SELECT pg_stat_statements_reset()",
    ],
    lock: (table) => ["BEGIN", `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`],
  },
  MySQL: {
    variable: "MYSQL",
    quoted: `\`${hostileName}\``,
    prepare: ["TRUNCATE TABLE performance_schema.events_statements_summary_by_digest"],
    lock: (table) => [`LOCK TABLES ${table} WRITE`],
  },
};

/** A table that one statement reads by a value, one without a value, and another one that is long. */
async function work(url, { quoted, prepare }) {
  const long = Array.from({ length: 1500 }, (_, i) => `id + ${i} AS "busy_column_${i}"`);
  for (const statement of [
    ...prepare,
    `DROP TABLE IF EXISTS ${quoted}`,
    `CREATE TABLE ${quoted} (id integer PRIMARY KEY, customer integer)`,
    `SELECT * FROM ${quoted} WHERE customer = 7`,
    `SELECT count(*) FROM ${quoted}`,
    `SELECT ${long.join(", ").replaceAll('"', quoted[0])} FROM ${quoted}`,
  ])
    await steps.cli("query", url, statement, "--yes");
}

const outcome = (list, text) => list.locator(".outcome", { hasText: text });

/** The statement without a value is run, once the user agreed. */
async function measure(page, list) {
  const dialog = page.locator(".monaco-dialog-box", {
    hasText: "Run the statements that only read",
  });
  await insist(
    "the question before measuring",
    (timeout) => list.getByRole("button", { name: "Also measure reads" }).click({ timeout }),
    () => dialog.isVisible(),
  );
  await dialog.locator(".monaco-button", { hasText: "Run and Measure" }).click();
  await dialog.waitFor({ state: "hidden" });
  await outcome(list, /\d+ measured/).waitFor();
  const counted = list.locator("tbody tr", { hasText: /SELECT COUNT/i });
  await counted.filter({ hasText: "measured" }).first().waitFor();
}

/** A table that another session has locked keeps the server from planning until the user gives up. */
async function cancel(list, url, { quoted, lock }) {
  const other = new Client();
  try {
    await other.open("w", url);
    for (const sql of lock(quoted)) await other.rows("w", sql);
    const cancelled = list.getByRole("button", { name: "Cancel" });
    await list.getByRole("button", { name: "Refresh" }).click();
    await list.locator("footer", { hasText: /busiest statements… 1 s/ }).waitFor();
    await cancelled.click();
    await list.getByText("Cancelled.", { exact: true }).waitFor();
    await cancelled.waitFor({ state: "hidden" });
    assert.ok((await list.locator("tbody tr").count()) > 1, "the list before is kept");
  } finally {
    await other.end();
  }
  await list.getByRole("button", { name: "Refresh" }).click();
  await list.getByText("Cancelled.", { exact: true }).waitFor({ state: "detached" });
  await outcome(list, /\d+ EXPLAIN/).waitFor();
}

async function look(page, name, url, server) {
  const list = await steps.openWorkload(page, name);
  await outcome(list, /\d+ of \d+ statements? ha(s|ve) a plan/).waitFor();
  await measure(page, list);
  await steps.picture(page, `workload-${name}-measured`, false);
  await cancel(list, url, server);
  await list.getByLabel("Search statements").fill("onerror");
  const row = list.locator("tbody tr", { hasText: "WHERE" }).first();
  await row.locator("td").first().click();
  await list.locator("aside .sql", { hasText: "onerror" }).waitFor();
  assert.equal(await list.locator("img").count(), 0, "names are text");
  await steps.picture(page, `workload-${name}`, server.inAllThemes, { contrast: true });
  await list.getByRole("button", { name: "Open plan" }).click();
  await page.locator(".tab.active", { hasText: "Plan · Statement" }).first().waitFor();
  await steps.panelOf(page, name, ".surface .card");
  await steps.picture(page, `workload-${name}-plan`, false);
}

/** A database in which nobody has made the extension. */
async function lookWithoutExtension(page, url) {
  const name = "Without statistics";
  const bare = new URL(url);
  bare.pathname = "/postgres";
  await steps.addConnection(page, name, bare.href);
  await steps.openTree(page, [name, "postgres"]);
  const list = await steps.openWorkload(page, name);
  await list.getByText("pg_stat_statements is not installed in this database").waitFor();
  await steps.picture(page, "workload-unavailable", true, { contrast: true });
  await list.locator(".sql", { hasText: /^CREATE EXTENSION pg_stat_statements$/ }).waitFor();
  assert.ok(await list.getByRole("button", { name: /^Copy the fix/ }).isVisible());
  await steps.closeEditors(page);
  await steps.collapseTree(page);
}

test("the busiest statements of a server, and the plan of one", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workload-"));
  const settings = { "window.autoDetectColorScheme": true };
  const use = async ({ page, part }) => {
    await steps.openSidebar(page);
    for (const [name, server] of Object.entries(servers)) {
      const url = process.env[`MYDBA_TEST_${server.variable}`];
      const missing = !url && `SKIPPED: MYDBA_TEST_${server.variable} is not set`;
      await part(
        t,
        name,
        async () => {
          await work(url, server);
          await steps.addConnection(page, name, url);
          await steps.openTree(page, [name, "mydba"]);
          await look(page, name, url, server);
          await steps.closeEditors(page);
          await steps.collapseTree(page);
        },
        missing,
      );
    }
    const url = process.env.MYDBA_TEST_POSTGRES;
    const missing = !url && "SKIPPED: MYDBA_TEST_POSTGRES is not set";
    await part(t, "without statistics", () => lookWithoutExtension(page, url), missing);
  };
  try {
    await inEditor("workload", folder, use, { settings });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
