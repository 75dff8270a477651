// The settings of every server as a client sees them: what each says of them, what an account without
// privileges sees, and that no secret is among them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-variables-"));
const password = "Reader-1";
let client;

before(() => {
  client = new Client();
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  assert.equal(await client.end(), 0);
});

const skipWithout = (env) => (process.env[env] ? {} : { skip: `${env} is not set` });
const list = (sessionId, text = "") => client.request("variable/list", { sessionId, text });

/** The one setting of this name. */
async function variable(sessionId, name) {
  const { variables } = await list(sessionId, name);
  const found = variables.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

/** Opens `sessionId`, and another one as a user that `make` makes and `drop` drops. */
async function withReader(name, url, { user, make, drop, database }, work) {
  await client.open(name, url);
  const run = async (statements) => {
    for (const sql of statements) await client.rows(name, sql);
  };
  await run([...drop, ...make]);
  try {
    const other = new URL(url);
    other.username = user;
    other.password = password;
    if (database !== undefined) other.pathname = `/${database}`;
    await client.open("reader", other.href);
    await work();
    await client.request("connection/close", { sessionId: "reader" });
  } finally {
    await run(drop);
    await client.request("connection/close", { sessionId: name });
  }
}

test(
  "postgres: ranges, units, sources, and what only superusers see",
  skipWithout("MYDBA_TEST_POSTGRES"),
  () => {
    const user = "variables_reader";
    const account = {
      user,
      drop: [`DROP ROLE IF EXISTS ${user}`],
      make: [`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`],
    };
    return withReader("postgres", process.env.MYDBA_TEST_POSTGRES, account, async () => {
      const { description, ...workMem } = await variable("postgres", "work_mem");
      assert.match(description, /memory/i);
      assert.deepEqual(workMem, {
        name: "work_mem",
        value: "4096",
        unit: "kB",
        initial: "4096",
        minimum: "64",
        maximum: "2147483647",
        scope: "session",
        changes: "set",
        source: "default",
        pending: false,
      });
      const buffers = await variable("postgres", "shared_buffers");
      assert.equal(buffers.unit, "8kB");
      assert.equal(Number(buffers.value) * 8, 64 * 1024);
      assert.deepEqual(
        [buffers.scope, buffers.changes, buffers.source],
        ["server", "restart", "command line"],
      );
      assert.equal((await variable("postgres", "checkpoint_timeout")).changes, "reload");
      assert.equal((await variable("postgres", "server_version_num")).changes, "fixed");
      const isolation = await variable("postgres", "default_transaction_isolation");
      assert.ok(isolation.choices.includes("read committed"), isolation.choices.join());
      assert.equal((await list("postgres")).unavailable, undefined);

      assert.ok((await variable("postgres", "data_directory")).value.startsWith("/"));
      const few = await list("reader", "data_directory");
      assert.equal(
        few.variables.find(({ name }) => name === "data_directory"),
        undefined,
      );
      assert.match(few.unavailable.reason, /pg_read_all_settings/);
      assert.equal(few.unavailable.fix, `GRANT pg_read_all_settings TO ${user}`);
      await client.rows("postgres", few.unavailable.fix);
      const all = await list("reader");
      assert.equal(all.unavailable, undefined);
      assert.ok(all.variables.some(({ name }) => name === "data_directory"));
    });
  },
);

test(
  "postgres: a value that waits for a restart, and a connection string without its password",
  skipWithout("MYDBA_TEST_POSTGRES"),
  async () => {
    await client.open("pending", process.env.MYDBA_TEST_POSTGRES);
    const run = (sql) => client.rows("pending", sql);
    try {
      await run("ALTER SYSTEM SET max_prepared_transactions = 7");
      await run("ALTER SYSTEM SET primary_conninfo = 'host=a password=hunter2 user=b'");
      await run("SELECT pg_reload_conf()");
      const read = (name) => variable("pending", name);
      for (const end = Date.now() + 10_000; Date.now() < end;)
        if ((await read("max_prepared_transactions")).pending) break;
      assert.equal((await read("max_prepared_transactions")).pending, true);
      assert.equal((await read("max_prepared_transactions")).value, "0");
      const link = await read("primary_conninfo");
      assert.equal(link.value, "host=a password=*** user=b");
    } finally {
      await run("ALTER SYSTEM RESET max_prepared_transactions");
      await run("ALTER SYSTEM RESET primary_conninfo");
      await run("SELECT pg_reload_conf()");
      await client.request("connection/close", { sessionId: "pending" });
    }
  },
);

/** Both servers of this protocol list all to everybody; what they say of it differs. */
const mysqlReader = {
  user: "variables_reader",
  database: "",
  drop: ["DROP USER IF EXISTS variables_reader@'%'"],
  make: [`CREATE USER variables_reader@'%' IDENTIFIED BY '${password}'`],
};

for (const engine of ["mysql", "mariadb", "mariadb_11_8"]) {
  const env = `MYDBA_TEST_${engine.toUpperCase()}`;
  test(`${engine}: ranges, scopes and sources, for every account`, skipWithout(env), () =>
    withReader(engine, process.env[env], mysqlReader, async () => {
      const pool = await variable(engine, "innodb_buffer_pool_size");
      assert.equal(pool.value, String(64 << 20));
      assert.equal(pool.unit, "B");
      assert.deepEqual([pool.scope, pool.changes, pool.pending], ["server", "set", false]);
      assert.match(pool.source, /COMMAND.LINE/);
      assert.ok(Number(pool.minimum) > 0);
      assert.match(pool.description, /InnoDB/);
      const sort = await variable(engine, "sort_buffer_size");
      assert.equal(sort.scope, "session");
      assert.equal(sort.initial, sort.value);
      await client.rows(engine, "SET sort_buffer_size = 1048576");
      // A session's own value is its own: lists are read on a connection of the helper's.
      assert.equal((await variable(engine, "sort_buffer_size")).value, sort.value);
      assert.equal((await variable(engine, "innodb_page_size")).changes, "restart");
      assert.equal((await variable(engine, "version_comment")).changes, "fixed");
      assert.equal((await variable(engine, "sql_mode")).scope, "session");

      const names = async (sessionId) => (await list(sessionId)).variables.map(({ name }) => name);
      assert.deepEqual(await names("reader"), await names(engine));
      assert.equal((await list("reader")).unavailable, undefined);
    }),
  );
}

test(
  "mysql: a persisted value that waits for a restart",
  skipWithout("MYDBA_TEST_MYSQL"),
  async () => {
    await client.open("mysql", process.env.MYDBA_TEST_MYSQL);
    try {
      assert.equal((await variable("mysql", "back_log")).pending, false);
      await client.rows("mysql", "SET PERSIST_ONLY back_log = 77");
      assert.equal((await variable("mysql", "back_log")).pending, true);
    } finally {
      await client.rows("mysql", "RESET PERSIST IF EXISTS back_log");
      await client.request("connection/close", { sessionId: "mysql" });
    }
  },
);

test("sqlite: pragmas of the connection and of the file, and how it was compiled", async () => {
  await client.open("sqlite", `sqlite:${folder}/a.db?mode=rwc`);
  const keys = await variable("sqlite", "foreign_keys");
  assert.deepEqual([keys.scope, keys.changes, keys.source], ["session", "set", "connection"]);
  assert.equal(keys.initial, "OFF");
  assert.deepEqual(keys.choices, ["OFF", "ON"]);
  const mode = await variable("sqlite", "journal_mode");
  assert.deepEqual([mode.value, mode.scope, mode.source], ["DELETE", "server", "file"]);
  await client.rows("sqlite", "PRAGMA journal_mode = WAL");
  assert.equal((await variable("sqlite", "journal_mode")).value, "WAL");
  const page = await variable("sqlite", "page_size");
  assert.deepEqual([page.value, page.unit, page.changes], ["4096", "B", "fixed"]);
  const threads = await variable("sqlite", "SQLITE_THREADSAFE");
  assert.match(threads.value, /^[12]$/);
  assert.deepEqual([threads.changes, threads.source], ["fixed", "compiled in"]);
  await client.request("connection/close", { sessionId: "sqlite" });
});

for (const engine of ["redis", "redis_8", "valkey", "valkey_9"]) {
  const env = `MYDBA_TEST_${engine.toUpperCase()}`;
  test(`${engine}: settings, and what a user without CONFIG sees of them`, skipWithout(env), () => {
    const account = {
      user: "variables",
      drop: ["ACL DELUSER variables"],
      make: [`ACL SETUSER variables on >${password} ~* +@all -config`],
    };
    return withReader(engine, process.env[env], account, async () => {
      const memory = await variable(engine, "maxmemory");
      assert.deepEqual(memory, {
        name: "maxmemory",
        value: String(256 << 20),
        unit: "B",
        initial: "0",
        scope: "server",
        changes: "set",
        pending: false,
      });
      assert.equal((await variable(engine, "databases")).changes, "restart");
      assert.equal((await variable(engine, "requirepass")).value, "***");
      assert.equal((await variable(engine, "masterauth")).value, "");

      const few = await list("reader");
      assert.match(few.unavailable.reason, /may not run CONFIG GET/);
      assert.equal(few.unavailable.fix, "ACL SETUSER variables +config|get");
      assert.equal((await variable("reader", "maxmemory")).value, memory.value);
      assert.equal((await variable("reader", "appendonly")).value, "no");
      await client.rows(engine, few.unavailable.fix);
      assert.equal((await list("reader")).unavailable, undefined);
      await client.rows(engine, "ACL SETUSER variables -config -info");
      assert.deepEqual((await list("reader")).variables, []);
    });
  });
}
