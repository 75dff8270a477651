// SIGKILL in the middle of a thousand entered statements, on real servers: what a server has committed is in the log,
// and the chain holds. Once for the helper of an editor, once for the command line.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { Client, environment, helperPath } from "./client.mjs";

const statements = 1000;
const enough = 150;
const table = `audit_kill_${process.pid}`;

let folder;
let env;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-audit-kill-"));
  env = { MYDBA_AUDIT_FILE: path.join(folder, "audit.db") };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inserts = Array.from(
  { length: statements },
  (_, i) => `INSERT INTO ${table} VALUES (${i});`,
).join("\n");

/** Runs beside the log under test. */
async function sql(url, text) {
  const { stdout, stderr, status } = await mydba(["query", url, text, "--format", "csv", "--yes"]);
  assert.equal(status, 0, stderr);
  return stdout;
}
const count = async (url) => {
  const text = await sql(url, `SELECT count(*) FROM ${table}`);
  return Number(text.split("\n")[1]);
};

/** Kills `pid` once enough is committed; the count when nothing is added any more. */
async function killWhenEnough(url, pid, ended) {
  while ((await count(url)) < enough) assert.ok(!ended.done, "it ended before it was killed");
  process.kill(pid, "SIGKILL");
  await ended;
  // The statement that was under way may still be committed.
  let before = -1;
  for (let now = await count(url); now !== before; now = await count(url)) before = now;
  return before;
}

async function check(committed) {
  const list = await mydba(["audit", "list", "--limit", "10000", "--json"], { env });
  const { entries } = JSON.parse(list.stdout);
  const begun = entries.filter(({ kind }) => kind === "insert");
  const ended = entries.filter(({ outcome, began }) => began && outcome === "done").length;
  const numbers = `${begun.length} begun, ${ended} ended, ${committed} committed`;
  assert.ok(committed >= enough && committed < statements, numbers);
  assert.ok(begun.length === committed || begun.length === committed + 1, numbers);
  assert.ok(ended <= committed && ended >= begun.length - 1, numbers);
  const verdict = await mydba(["audit", "verify", "--json"], { env });
  assert.equal(JSON.parse(verdict.stdout).valid, true);
}

async function helperIsKilled(url) {
  const client = new Client([], { env });
  await client.open("s", url);
  const ended = client.exited.then(() => (ended.done = true));
  client.stream("query/run", { sessionId: "s", sql: inserts }, 1_000_000, () => {}).catch(() => {});
  return killWhenEnough(url, client.pid, ended);
}

async function commandIsKilled(url) {
  const child = spawn(helperPath(), ["query", url, inserts], {
    env: { ...environment, ...env },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve)).then(
    () => (ended.done = true),
  );
  return killWhenEnough(url, child.pid, ended);
}

for (const server of ["SQLITE", "POSTGRES", "MYSQL", "MARIADB"])
  for (const [name, run] of [
    ["the helper", helperIsKilled],
    ["the command line", commandIsKilled],
  ]) {
    const given = process.env[`MYDBA_TEST_${server}`];
    const isFile = server === "SQLITE";
    test(
      `${server.toLowerCase()}: ${name} is killed`,
      { skip: isFile || given ? false : `MYDBA_TEST_${server} is not set` },
      async () => {
        const url = isFile ? `sqlite:${folder}/test.db?mode=rwc` : given;
        await sql(url, `CREATE TABLE ${table} (id INTEGER)`);
        try {
          await check(await run(url));
        } finally {
          await sql(url, `DROP TABLE ${table}`);
        }
      },
    );
  }
