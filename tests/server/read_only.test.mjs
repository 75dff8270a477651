// A read-only connection holds: whatever is tried, the data of the server stays the same. It is
// shown twice, with the guard and in a build without it, where only the server and the driver hold.
// What they cannot hold alone is listed with its reason in read_only/<engine>.mjs.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { Client, helperPath, unguardedHelperPath } from "./client.mjs";
import * as mysql from "./read_only/mysql.mjs";
import * as postgres from "./read_only/postgres.mjs";
import * as redis from "./read_only/redis.mjs";
import * as sqlite from "./read_only/sqlite.mjs";

const withOption = (url, option) => `${url}${url.includes("?") ? "&" : "?"}${option}`;

/** What the writer sees of the data, as one text. */
async function checksum(client, wanted) {
  const parts = Array.isArray(wanted) ? wanted : [wanted];
  const seen = [];
  for (const part of parts) seen.push(await client.rows("writer", part));
  return JSON.stringify(seen);
}

/**
 * Runs each attempt on the read-only session of a helper and compares the data before and after.
 */
async function attack(
  helper,
  url,
  { setup, teardown, checksum: wanted },
  attempts,
  alsoCheck = () => {},
) {
  const client = new Client([], { helper });
  try {
    await client.open("writer", url);
    for (const sql of setup) await client.rows("writer", sql);
    await client.open("reader", withOption(url, "readOnly=true"));
    let expected = await checksum(client, wanted);
    const held = { refused: 0, withoutEffect: 0 };
    const broken = [];
    for (const statements of attempts) {
      let refused = false;
      for (const sql of statements)
        await client.rows("reader", sql).catch((error) => {
          refused = true;
          assert.ok(error.message, `${sql}: an error without a message`);
        });
      held[refused ? "refused" : "withoutEffect"] += 1;
      const now = await checksum(client, wanted);
      alsoCheck();
      if (now === expected) continue;
      broken.push(statements.join(" | "));
      expected = now;
    }
    assert.deepEqual(broken, [], "changed something");
    // The session is still of use, and reads.
    assert.ok((await client.rows("reader", Array.isArray(wanted) ? wanted[1] : wanted)).length > 0);
    // What it still holds (locks, an open HANDLER) goes with it.
    await client.request("connection/close", { sessionId: "reader" });
    for (const sql of teardown) await client.rows("writer", sql);
    return held;
  } finally {
    await client.end();
  }
}

const servers = [
  { name: "PostgreSQL", variable: "MYDBA_TEST_POSTGRES", engine: postgres },
  { name: "MySQL", variable: "MYDBA_TEST_MYSQL", engine: mysql },
  { name: "MariaDB", variable: "MYDBA_TEST_MARIADB", engine: mysql },
  { name: "Redis", variable: "MYDBA_TEST_REDIS", engine: redis },
  { name: "Valkey", variable: "MYDBA_TEST_VALKEY", engine: redis },
];

const builds = [
  { how: "with the guard", helper: helperPath() },
  { how: "without the guard", helper: unguardedHelperPath() },
];
const cases = servers.flatMap((server) => builds.map((build) => ({ ...server, ...build })));

for (const { name, variable, engine, how, helper } of cases) {
  const url = process.env[variable];
  test(
    `${name}: ${engine.attempts.length} ways around read-only change nothing ${how}`,
    { skip: url ? false : `${variable} is not set` },
    async (t) => {
      const held = await attack(helper, url, engine, engine.attempts);
      t.diagnostic(`${held.refused} refused, ${held.withoutEffect} without effect`);
    },
  );
}

for (const { name, variable, engine } of servers.filter(({ engine }) => engine.guardOnly.length)) {
  const url = process.env[variable];
  test(
    `${name}: the guard blocks the ${engine.guardOnly.length} that the server would let pass`,
    { skip: url ? false : `${variable} is not set` },
    async () => {
      const client = new Client();
      try {
        await client.open("reader", withOption(url, "readOnly=true"));
        client.confirm = () => assert.fail("what is read-only is not asked about");
        for (const [sql] of engine.guardOnly)
          await assert.rejects(client.rows("reader", sql), (error) => {
            assert.equal(error.data.code, "refused", sql);
            assert.match(error.message, /^blocked: /, sql);
            return true;
          });
      } finally {
        await client.end();
      }
    },
  );
}

for (const { how, helper } of builds)
  test(`SQLite: ways around read-only change nothing ${how}`, (t) => attackSqlite(helper, t));

async function attackSqlite(helper, t) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-read-only-"));
  try {
    const url = `sqlite:${folder}/t.db?mode=rwc`;
    const onlyTheFile = () =>
      assert.deepEqual(
        readdirSync(folder).filter((name) => !/^t\.db(-journal|-wal|-shm)?$/.test(name)),
        [],
      );
    const held = await attack(helper, url, sqlite, sqlite.attempts(folder), onlyTheFile);
    t.diagnostic(`${held.refused} refused, ${held.withoutEffect} without effect`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
