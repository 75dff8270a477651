// Rewrites that look right and are not: on tables with NULLs and copies none is called proven, and
// whatever optimize_query shows returns the same rows.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";
import { call, connectMcp } from "./mcp_client.mjs";
import { checkForm, digest, entries } from "./optimize_cases.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-traps-"));
const owner = new Client();
let client;

before(async () => {
  const file = `sqlite:${folder}/traps.db`;
  await owner.open("traps", `${file}?mode=rwc`);
  for (const statement of [
    `CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, boss INTEGER, city TEXT, score INTEGER, seen DATETIME)`,
    `CREATE TABLE visit (id INTEGER PRIMARY KEY, person INTEGER, page TEXT, seconds INTEGER)`,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
       INSERT INTO person SELECT i, iif(i % 3, 'an', 'AN') || i, iif(i % 4, i / 20, NULL), iif(i % 7, 'c' || (i % 47), NULL),
         iif(i % 5, i % 101, NULL), date('2025-01-01', (i % 90) || ' days') || ' 12:' || (10 + i % 50) || ':00' FROM n`,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16000)
       INSERT INTO visit SELECT i, iif(i % 11, 1 + i * 7919 % 7000, NULL), 'c' || (i % 60), iif(i % 4, i % 103, NULL) FROM n`,
    "CREATE INDEX visit_person ON visit (person)",
    "CREATE INDEX person_city ON person (city)",
    "CREATE INDEX person_seen ON person (seen)",
    "CREATE INDEX person_name ON person (name)",
  ])
    await owner.rows("traps", statement);
  client = await connectMcp([`shop=${file}`]);
});
after(async () => {
  await client?.close();
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});
for (const { remarks, sql } of entries("traps.sql"))
  test(remarks[0], async () => {
    const wrong = remarks[1];
    const compared = await call(client, "compare_queries", {
      connection: "shop",
      before: sql,
      after: wrong,
    });
    assert.notEqual(compared.verdict, "proven", JSON.stringify(compared));
    assert.notEqual(compared.verdict, "sameNotFaster", JSON.stringify(compared));
    const result = await call(client, "optimize_query", { connection: "shop", sql });
    checkForm(result);
    const wanted = digest(await owner.rows("traps", sql), false);
    for (const proposal of result.proposals) {
      if (!proposal.sql || proposal.kind !== "rewrite") continue;
      const got = digest(await owner.rows("traps", proposal.sql), false);
      assert.ok(got === wanted, `${proposal.proof}: ${proposal.sql}`);
    }
  });
