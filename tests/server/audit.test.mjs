// What the helper enters into the audit log on behalf of an editor.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

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
