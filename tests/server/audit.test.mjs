// What the helper enters into the audit log on behalf of an editor.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";

import { mydba } from "../cli/run.mjs";
import { Client } from "./client.mjs";

let folder;
let env;
let client;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-server-audit-"));
  env = { MYDBA_AUDIT_FILE: path.join(folder, "audit.db") };
  client = new Client([], { env });
});
afterEach(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

/** The log as another process reads it, while the helper has it open. */
async function entries() {
  const { stdout } = await mydba(["audit", "list", "--json"], { env });
  return JSON.parse(stdout).entries;
}

test("connections are entered, also those that failed, with their environment", async () => {
  const profile = { id: "a", name: "a", engine: "sqlite", environment: "prod" };
  const missing = { ...profile, path: path.join(folder, "missing.db") };
  await assert.rejects(client.request("connection/open", { profile: missing }));
  await assert.rejects(client.request("connection/test", { profile: missing }));
  const there = { ...profile, path: path.join(folder, "audit.db") };
  await client.request("connection/open", { profile: there });
  await client.request("tree/children", { sessionId: "a", path: [] });
  const got = await entries();
  assert.deepEqual(
    got.map(({ action, kind, actor, environment }) => [action, kind, actor, environment]),
    [
      ["connect", "session", "editor", "prod"],
      ["connect", "test", "editor", "prod"],
      ["connect", "session", "editor", "prod"],
      ["connect", "meta", "editor", "prod"],
    ],
  );
  assert.deepEqual(
    got.map(({ outcome }) => outcome.split(" ")[0]),
    ["connectFailed", "connectFailed", "done", "done"],
  );
  assert.match(got[0].connection, /missing\.db/);
});

const servers = ["POSTGRES", "MYSQL", "MARIADB", "REDIS"];
for (const server of servers) {
  const url = process.env[`MYDBA_TEST_${server}`];
  test(
    `${server.toLowerCase()}: a session that is ended is entered`,
    { skip: url ? false : `MYDBA_TEST_${server} is not set` },
    async () => {
      await client.open("a", url);
      await client.open("b", url);
      const { processes } = await client.request("process/list", { sessionId: "a" });
      await assert.rejects(
        client.request("process/kill", { sessionId: "a", id: "no id", kind: "connection" }),
      );
      assert.ok(processes.length > 0);
      const kill = (await entries()).find(({ action }) => action === "kill");
      assert.equal(kill.kind, "connection");
      assert.notEqual(kill.outcome, "done");
      assert.ok(!JSON.stringify(await entries()).includes(new URL(url).password || "\0"));
    },
  );
}

test("a log that cannot be written does not stop the work", async () => {
  await client.end();
  client = new Client([], { env: { MYDBA_AUDIT_FILE: "/nonexistent/audit.db" } });
  const profile = { id: "a", name: "a", engine: "sqlite", path: ":memory:" };
  await client.request("connection/open", { profile });
});

const postgres = process.env.MYDBA_TEST_POSTGRES;
const onPostgres = { skip: postgres ? false : "MYDBA_TEST_POSTGRES is not set" };

test("a measured change is entered, and that it was rolled back", onPostgres, async () => {
  await client.open("a", postgres);
  await client.rows("a", "CREATE TEMPORARY TABLE measured AS SELECT 1 AS x");
  const ask = { sessionId: "a", sql: "UPDATE measured SET x = 2 WHERE x = 1" };
  const before = (await entries()).length;
  await client.request("plan/explain", ask);
  assert.equal((await entries()).length, before, "planning changes nothing");
  await client.request("plan/explain", { ...ask, analyze: true });
  await client.request("profile/run", ask);
  const entered = (await entries()).slice(before);
  assert.deepEqual(
    entered.map(({ kind, outcome }) => [kind, outcome]),
    [
      ["update", undefined],
      [undefined, "rolledBack"],
      ["update", undefined],
      [undefined, "rolledBack"],
    ],
  );
});

test("an index that is built to be tried goes through the gate", onPostgres, async () => {
  await client.open("b", postgres);
  await client.rows("b", "DROP TABLE IF EXISTS audit_tried");
  await client.rows("b", "CREATE TABLE audit_tried (a integer)");
  await client.open("a", postgres, { environment: "prod" });
  const before = (await entries()).length;
  const trial = {
    sessionId: "a",
    sql: "SELECT * FROM audit_tried WHERE a = 7",
    indexes: ["CREATE INDEX tried ON audit_tried (a)"],
    method: "transaction",
  };
  const questions = [];
  const agree = client.confirm;
  client.confirm = (question) => {
    questions.push(question);
    return { choice: "cancel" };
  };
  await assert.rejects(client.request("whatif/indexes", trial), { data: { code: "refused" } });
  assert.equal(questions.length, 1, "production asks");
  // The user's time to answer is not the statement's.
  const timeoutMs = 3000;
  client.confirm = async (question) => {
    await setTimeout(timeoutMs + 500);
    return agree(question);
  };
  const { after } = await client.request("whatif/indexes", { ...trial, timeoutMs });
  client.confirm = agree;
  assert.ok(after.tree.root);
  assert.deepEqual(
    (await entries())
      .slice(before)
      .filter(({ action }) => action === "statement")
      .map(({ kind, confirmed, outcome }) => [kind, confirmed, outcome]),
    [
      ["create", "declined", "refused"],
      ["create", "button", undefined],
      [undefined, undefined, "rolledBack"],
    ],
  );
  await client.rows("b", "DROP TABLE audit_tried");
});
