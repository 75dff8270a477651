// The audit log: what is entered, what never is, and what a killed program leaves.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { environment, helperPath } from "../server/client.mjs";
import { mydba } from "./run.mjs";

let folder;
let url;
let env;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-audit-"));
  url = `sqlite:${folder}/test.db?mode=rwc`;
  env = { MYDBA_AUDIT_FILE: path.join(folder, "audit.db") };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const audit = async (...args) => {
  const { stdout, stderr, status } = await mydba(["audit", ...args, "--json"], { env });
  assert.ok(status === 0 || status === 1, stderr);
  return JSON.parse(stdout);
};
/** What was done beside connecting. */
const deeds = async (...args) => {
  const { entries } = await audit(...(args.length > 0 ? args : ["list"]));
  return entries.filter(({ action }) => action !== "connect");
};

test("a change is entered before and after, a query is not", async () => {
  await mydba(["query", url, "CREATE TABLE t(a); SELECT * FROM t"], { env });
  const secret = "correct horse";
  await mydba(["query", url, `INSERT INTO t VALUES ('${secret}'), (2) /* ${secret} */`], { env });
  const failed = await mydba(["query", url, "DELETE FROM nothing WHERE a = 1"], { env });
  assert.equal(failed.status, 3);
  const { entries } = await audit();
  assert.deepEqual(
    entries.map(({ seq, kind, began, outcome, rows }) => [seq, kind, began, outcome, rows]),
    [
      [1, "session", undefined, "done", undefined],
      [2, "create", undefined, undefined, undefined],
      [3, undefined, 2, "done", undefined],
      [4, "session", undefined, "done", undefined],
      [5, "insert", undefined, undefined, undefined],
      [6, undefined, 5, "done", 2],
      [7, "session", undefined, "done", undefined],
      [8, "delete", undefined, undefined, undefined],
      [9, undefined, 8, "syntax 1", undefined],
    ],
  );
  assert.equal(entries[4].sql, "INSERT INTO t VALUES ('?'), (1)");
  assert.match(entries[4].fingerprint, /^[0-9a-f]{16}$/);
  assert.equal(entries[4].actor, "cli");
  assert.ok(entries[5].elapsedMs >= 0);
  assert.doesNotMatch(JSON.stringify(entries), new RegExp(secret));
  assert.deepEqual(await audit("verify"), { valid: true, entries: 9 });
  assert.equal((await audit("search", "insert into")).entries.length, 1);
  const csv = await mydba(["audit", "export"], { env });
  assert.match(csv.stdout, /^seq,time,actor,action,connection,environment,kind,.*\n1,2/);
  assert.equal(csv.stdout.split("\n").length, 11);
});

test("a connection that failed is entered with the reason", async () => {
  const { status } = await mydba(["tree", `sqlite:${folder}/missing.db`], { env });
  assert.equal(status, 3);
  const { entries } = await audit();
  assert.deepEqual(
    entries.map(({ action, kind }) => [action, kind]),
    [["connect", "session"]],
  );
  assert.match(entries[0].outcome, /^connectFailed/);
});

test("what sets something is entered by its name, never its value", async () => {
  await mydba(["query", url, "PRAGMA user_version = 4711"], { env });
  const [entry] = await deeds();
  assert.equal(entry.action, "variable");
  assert.equal(entry.variable, "user_version");
  assert.doesNotMatch(JSON.stringify(await audit()), /4711/);
});

test("the file is for its owner only", async () => {
  await mydba(["query", url, "CREATE TABLE t(a)"], { env });
  assert.equal(statSync(env.MYDBA_AUDIT_FILE).mode & 0o777, 0o600);
});

const server = process.env.MYDBA_TEST_POSTGRES;
test(
  "a password in a URL is not entered",
  { skip: server ? false : "MYDBA_TEST_POSTGRES is not set" },
  async () => {
    const { password, host } = new URL(server);
    assert.ok(password);
    await mydba(["query", server, "DELETE FROM there_is_no_such_table", "--yes"], { env });
    const { entries } = await audit();
    assert.equal(entries.length, 3);
    assert.ok(entries[0].connection.includes(host));
    assert.ok(!JSON.stringify(entries).includes(password));
  },
);

test("a log that cannot be written is told, and the statement runs", async () => {
  const { stderr, status } = await mydba(["query", url, "CREATE TABLE t(a)"], {
    env: { MYDBA_AUDIT_FILE: "/nonexistent/audit.db" },
  });
  assert.equal(status, 0);
  assert.match(stderr, /^mydba: audit: no entry is written: \/nonexistent\/audit\.db: /m);
});

test("a damaged log is not valid, and says so by its exit status", async () => {
  await mydba(["query", url, "CREATE TABLE t(a)"], { env });
  const sqlite = `sqlite:${env.MYDBA_AUDIT_FILE}`;
  for (const sql of ["DROP TRIGGER entry_is_final", "UPDATE entry SET body = '{}'"])
    await mydba(["query", sqlite, sql, "--yes"], {
      env: { MYDBA_AUDIT_FILE: `${folder}/other.db` },
    });
  const { status, stdout } = await mydba(["audit", "verify"], { env });
  assert.equal(status, 1);
  assert.match(stdout, /^broken at entry 1: /);
});

test("wrong usage says what there is", async () => {
  const { status, stderr } = await mydba(["audit", "erase"], { env });
  assert.equal(status, 2);
  assert.match(stderr, /wants list, search TEXT, verify or export/);
});

test("killed in the middle: what the database has is in the log, and the chain holds", async () => {
  await mydba(["query", url, "CREATE TABLE t(a INTEGER)"], { env });
  const inserts = Array.from({ length: 1000 }, (_, i) => `INSERT INTO t VALUES (${i});`).join("\n");
  const child = spawn(helperPath(), ["query", url, inserts], {
    env: { ...environment, ...env },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  const count = async () => {
    const { stdout } = await mydba(["query", url, "SELECT count(*) FROM t", "--format", "csv"]);
    return Number(stdout.split("\n")[1] ?? 0);
  };
  while ((await count()) < 50) if (child.exitCode !== null) break;
  child.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL");
  const inserted = await count();
  const { entries } = await audit("list", "--limit", "10000");
  const begun = entries.filter(({ kind }) => kind === "insert").length;
  assert.ok(inserted >= 50);
  assert.ok(begun === inserted || begun === inserted + 1, `${begun} entries, ${inserted} rows`);
  assert.equal((await audit("verify")).valid, true);
});
