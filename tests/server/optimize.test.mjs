// What optimize_query proposes for queries that are bad on purpose (tests/optimize). Whatever it
// calls proven is run again here, by another way, and must have the same rows and be faster.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { Client } from "./client.mjs";
import { call, connectMcp } from "./mcp_client.mjs";
import { checkForm, digest, entries, isOrdered, read } from "./optimize_cases.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-optimize-"));
const owner = new Client();

/** {name, sql, expected} of a server; `expected` is `rewrite proven`, `-` … */
const queriesOf = (server) =>
  [...entries("everywhere.sql"), ...entries(`${server}.sql`)].map(({ remarks, sql }) => ({
    name: remarks[0],
    sql,
    expected: new Map(
      remarks
        .slice(1)
        .join(", ")
        .split(", ")
        .map((pair) => pair.split(": ")),
    ).get(server),
  }));

// As many rows of the sample as make bad queries take tens of milliseconds.
const copied = {
  customers: "id <= 40000",
  products: "id <= 4000",
  orders: "id <= 40000",
  order_items: "order_id <= 40000",
  events: "id <= 40000",
  reviews: "id <= 25000",
};
const literal = (cell) => (cell === null ? "NULL" : `'${cell.replace(/['\\]/g, "$&$&")}'`);
const plainLiteral = (cell) => (cell === null ? "NULL" : `'${cell.replaceAll("'", "''")}'`);

async function copyInto(server, write) {
  for (const [table, condition] of Object.entries(copied)) {
    const columns = await owner.rows("sqlite", `SELECT name FROM pragma_table_info('${table}')`);
    const rows = await owner.rows("sqlite", `SELECT * FROM ${table} WHERE ${condition}`);
    for (let at = 0; at < rows.length; at += 2000) {
      const values = rows.slice(at, at + 2000).map((row) => `(${row.map(write).join()})`);
      await owner.rows(
        server,
        `INSERT INTO ${table} (${columns.map(([name]) => name).join()}) VALUES ${values.join()}`,
      );
    }
  }
}

async function createTables(server) {
  const text = read(`${server}_schema.sql`).replaceAll(/^--.*$/gm, "");
  for (const statement of text.split(";"))
    if (statement.trim()) await owner.rows(server, statement);
}

const inDatabase = (url, name) => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

/** Opens the copy of each server as a session that is called like it; returns its URL. */
const servers = {
  async sqlite() {
    return `sqlite:${folder}/shop.db`;
  },
  async postgres() {
    const { MYDBA_TEST_POSTGRES: url } = process.env;
    await owner.open("maker", url);
    await owner.rows("maker", "DROP DATABASE IF EXISTS mydba_optimize");
    await owner.rows("maker", "CREATE DATABASE mydba_optimize");
    const own = inDatabase(url, "mydba_optimize");
    await owner.open("postgres", own);
    await owner.rows("postgres", "CREATE EXTENSION hypopg");
    await createTables("postgres");
    await copyInto("postgres", plainLiteral);
    await owner.rows("postgres", "VACUUM ANALYZE");
    return own;
  },
  async mariadb() {
    const { MYDBA_TEST_MARIADB: url } = process.env;
    await owner.open("maker_mariadb", url);
    await owner.rows("maker_mariadb", "DROP DATABASE IF EXISTS mydba_optimize");
    await owner.rows("maker_mariadb", "CREATE DATABASE mydba_optimize CHARACTER SET utf8mb4");
    const own = inDatabase(url, "mydba_optimize");
    await owner.open("mariadb", own);
    await createTables("mariadb");
    await copyInto("mariadb", literal);
    await owner.rows("mariadb", `ANALYZE TABLE ${Object.keys(copied).join()}`);
    return own;
  },
};

/** The first number of that name, from the outside in; of parts beside each other their sum. */
const totalOf = (node, name) =>
  node === null || typeof node !== "object"
    ? 0
    : (node[name] ?? Object.values(node).reduce((sum, part) => sum + totalOf(part, name), 0));

/** Milliseconds of a statement of PostgreSQL's or MariaDB's. */
const clocks = {
  async postgres(sql) {
    const explain = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`;
    const [[json]] = await owner.rows("postgres", explain);
    return totalOf(JSON.parse(json), "Execution Time");
  },
  async mariadb(sql) {
    const [[json]] = await owner.rows("mariadb", `ANALYZE FORMAT=JSON ${sql}`);
    return totalOf(JSON.parse(json).query_block, "r_total_time_ms");
  },
};

/** The least that each statement takes in as many runs, in turns. */
async function bestByClock(session, statements) {
  const best = statements.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1)
    for (const [at, sql] of statements.entries())
      best[at] = Math.min(best[at], await clocks[session](sql));
  return best;
}

/** The same of SQLite, whose own program tells the time of the processor. */
function bestByProgram(statements) {
  const script = [".timer on", ".output /dev/null"];
  for (let round = 0; round < rounds; round += 1)
    for (const sql of statements) script.push(`${sql};`);
  const options = { input: script.join("\n"), encoding: "utf8" };
  const { status, stdout, stderr } = spawnSync("sqlite3", ["-bail", `${folder}/shop.db`], options);
  assert.equal(status, 0, stderr);
  const best = statements.map(() => Infinity);
  const times = [...stdout.matchAll(/^Run Time: real \S+ user (\S+) sys (\S+)$/gm)];
  assert.equal(times.length, rounds * statements.length, stdout);
  for (const [at, [, user, sys]] of times.entries()) {
    const slot = at % statements.length;
    best[slot] = Math.min(best[slot], 1000 * (Number(user) + Number(sys)));
  }
  return best;
}

// On a busy machine the best of a few says more than their median.
const rounds = 7;

/**
 * The same rows, and faster by a clock that is not the product's but the server's: our client takes
 * longer to read thousands of rows than a server to find them, while that goes on working.
 */
async function checkProof(session, sql, proposal) {
  const ordered = isOrdered(sql);
  const wanted = digest(await owner.rows(session, sql), ordered);
  const got = digest(await owner.rows(session, proposal.sql), ordered);
  assert.ok(got === wanted, `not the same rows: ${proposal.sql}`);
  const both = [sql, proposal.sql];
  const [before, after] =
    session === "sqlite" ? bestByProgram(both) : await bestByClock(session, both);
  assert.ok(after > 0 && after < before, `not faster: ${before} to ${after} ms: ${proposal.sql}`);
}

const best = ({ proposals }) => proposals.find(({ kind }) => kind !== "advice");
const outcomeOf = (result) => {
  const first = best(result);
  return first ? `${first.kind} ${first.proof}` : "-";
};

const table = [];
const tally = {};
after(async () => {
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
  console.log(table.join("\n"));
  console.log(JSON.stringify(tally));
});

before(async () => {
  const { status } = await mydba(["sample", folder]);
  assert.equal(status, 0);
  await owner.open("sqlite", `sqlite:${folder}/shop.db`);
});

async function optimizeOne(client, server, { name, sql, expected }) {
  const result = await call(client, "optimize_query", { connection: "shop", sql });
  checkForm(result);
  const counts = (tally[server] ??= { proven: 0, planned: 0, unproven: 0, dropped: 0 });
  for (const { kind, proof } of result.proposals) if (kind !== "advice") counts[proof] += 1;
  counts.dropped += Object.values(result.dropped).reduce((sum, n) => sum + n, 0);
  const first = best(result);
  const times = first ? `${first.before.medianMs ?? ""} → ${first.after.medianMs ?? ""} ms` : "";
  table.push(`${server}: ${name}: ${outcomeOf(result)} ${times} ${JSON.stringify(result.dropped)}`);
  for (const proposal of result.proposals)
    if (proposal.proof === "proven") await checkProof(server, sql, proposal);
  // `-`: whether a server sees through it by itself is a matter of its version.
  if (expected !== "-") assert.equal(outcomeOf(result), expected, JSON.stringify(result, null, 1));
}

for (const [server, open] of Object.entries(servers)) {
  const missing =
    server !== "sqlite" && !process.env[`MYDBA_TEST_${server.toUpperCase()}`]
      ? `SKIPPED: MYDBA_TEST_${server.toUpperCase()} is not set`
      : false;
  describe(server, { skip: missing }, () => {
    let client;
    before(async () => {
      client = await connectMcp([`shop=${await open()}`]);
    });
    after(() => client?.close());
    for (const query of queriesOf(server))
      test(query.name, () => optimizeOne(client, server, query));
  });
}
