// An agent that does whatever it is told tries to write, through every tool that takes a statement:
// the data of the server stays the same. The attempts are those against read-only connections.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { Client } from "./client.mjs";
import { connectMcp } from "./mcp_client.mjs";
import * as mysql from "./read_only/mysql.mjs";
import * as postgres from "./read_only/postgres.mjs";
import * as redis from "./read_only/redis.mjs";
import * as sqlite from "./read_only/sqlite.mjs";

const ways = [
  (sql) => ["run_read_query", { sql }],
  (sql) => ["profile_query", { sql }],
  (sql) => ["explain_query", { sql }],
  (sql) => ["what_if_indexes", { sql, indexes: [sql] }],
  (sql) => ["run_write_statement", { sql }],
  (sql) => ["run_read_query", { sql: `EXPLAIN ANALYZE ${sql}` }],
  (sql) => ["run_read_query", { sql: `SELECT 1; ${sql}` }],
];

async function checksum(owner, wanted) {
  const seen = [];
  for (const part of [wanted].flat()) seen.push(await owner.rows("owner", part));
  return JSON.stringify(seen);
}

/** How many attempts there were, and how many of them the tools refused or the server failed. */
async function attack(url, engine, attempts, t) {
  const owner = new Client();
  await owner.open("owner", url);
  for (const sql of engine.setup) await owner.rows("owner", sql);
  const agent = await connectMcp([`it=${url}`]);
  try {
    const expected = await checksum(owner, engine.checksum);
    let tried = 0;
    let refused = 0;
    for (const sql of attempts.flat())
      for (const way of ways) {
        const [name, args] = way(sql);
        const answer = await agent.callTool({ name, arguments: { connection: "it", ...args } });
        tried += 1;
        if (answer.isError) refused += 1;
        else assert.notEqual(name, "run_write_statement", sql);
      }
    t.diagnostic(`${tried} attempts, ${refused} refused, the rest without effect`);
    assert.equal(await checksum(owner, engine.checksum), expected);
    return { tried, refused };
  } finally {
    await agent.close();
    for (const sql of engine.teardown) await owner.rows("owner", sql);
    await owner.end();
  }
}

for (const { name, variable, engine } of [
  { name: "PostgreSQL", variable: "MYDBA_TEST_POSTGRES", engine: postgres },
  { name: "MySQL", variable: "MYDBA_TEST_MYSQL", engine: mysql },
  { name: "MariaDB", variable: "MYDBA_TEST_MARIADB", engine: mysql },
  { name: "Redis", variable: "MYDBA_TEST_REDIS", engine: redis },
]) {
  const url = process.env[variable];
  test(`${name}: no tool writes`, { skip: url ? false : `${variable} is not set` }, async (t) => {
    const { tried } = await attack(url, engine, engine.attempts, t);
    assert.ok(tried >= 200, `${tried}`);
  });
}

test("SQLite: no tool writes, not a byte of the file", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-mcp-writes-"));
  try {
    const file = path.join(folder, "t.db");
    const owner = new Client();
    await owner.open("owner", `sqlite:${file}?mode=rwc`);
    for (const sql of sqlite.setup) await owner.rows("owner", sql);
    await owner.end();
    const before = readFileSync(file);
    const engine = { ...sqlite, setup: [] };
    const { tried } = await attack(`sqlite:${file}`, engine, sqlite.attempts(folder), t);
    assert.ok(tried >= 200, `${tried}`);
    assert.ok(readFileSync(file).equals(before));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
