// The busiest statements of a server in the real editor: from the tree's menu to the plan of one of them.
// What they are called is hostile. Pictures are left in build/screenshots, of PostgreSQL in every theme.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { inEditor } from "./harness.mjs";
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
  },
  MySQL: {
    variable: "MYSQL",
    quoted: `\`${hostileName}\``,
    prepare: ["TRUNCATE TABLE performance_schema.events_statements_summary_by_digest"],
  },
};

/** A table that one statement reads often, and another one that is long. */
async function work(url, { quoted, prepare }) {
  const long = Array.from({ length: 1500 }, (_, i) => `id + ${i} AS "busy_column_${i}"`);
  for (const statement of [
    ...prepare,
    `DROP TABLE IF EXISTS ${quoted}`,
    `CREATE TABLE ${quoted} (id integer PRIMARY KEY, customer integer)`,
    `SELECT * FROM ${quoted} WHERE customer = 7`,
    `SELECT ${long.join(", ").replaceAll('"', quoted[0])} FROM ${quoted}`,
  ])
    await steps.cli("query", url, statement, "--yes");
}

async function look(page, name, server) {
  const list = await steps.openWorkload(page, name);
  await list.locator(".outcome", { hasText: /\d+ of \d+ statements? ha(s|ve) a plan/ }).waitFor();
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
          await look(page, name, server);
          await steps.closeEditors(page);
          await steps.collapseTree(page);
        },
        missing,
      );
    }
  };
  try {
    await inEditor("workload", folder, use, { settings });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
