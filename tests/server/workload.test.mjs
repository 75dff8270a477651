// Plans of a workload: the statements that a server counts, and given ones, on real servers. Failures that
// pass are provoked with locks; what a fake can show better is in tests/native/plan/collect_test.cpp.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Client } from "./client.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workload-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const database = "workload_plans";
const reader = "workload_reader";
const password = "Reader-1";

/** Like `url`, but in another database and as another user. */
function elsewhere(url, { user, name = database } = {}) {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  if (user) {
    changed.username = user;
    changed.password = password;
  }
  return changed.href;
}

const tables = [
  "CREATE TABLE orders (id int PRIMARY KEY, status varchar(20), total int)",
  "CREATE TABLE parts (id int PRIMARY KEY, order_id int)",
  "INSERT INTO orders VALUES (1, 'new', 5), (2, 'old', 7)",
];
const account = `'${reader}'@'%'`;

/** What differs: how the schema is made and removed, a lock is taken, waited for at most so long, and seen. */
const mysql = {
  remove: [`DROP DATABASE IF EXISTS ${database}`, `DROP USER IF EXISTS ${account}`],
  make: [
    `CREATE DATABASE ${database}`,
    `USE ${database}`,
    ...tables,
    `CREATE USER ${account} IDENTIFIED BY '${password}'`,
    `GRANT INSERT ON ${database}.orders TO ${account}`,
  ],
  home: (url) => elsewhere(url),
  digest: /FROM `orders` WHERE STATUS = \?$/,
  counting: [
    "SELECT count(*) FROM orders",
    "SELECT status, sum(if(total > 3, 1, 0)), group_concat(id SEPARATOR ', ') FROM orders GROUP BY status",
    "SELECT cast(max(id) AS char), trim(status), now() FROM orders GROUP BY status",
  ],
  lock: ["LOCK TABLES orders WRITE"],
  unlock: "UNLOCK TABLES",
  waitAtMost: "SET SESSION lock_wait_timeout = 1",
  lockFailure: "1205",
  waiting:
    "SELECT count(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for table metadata lock%'",
  denied: "1142",
};
const engines = {
  postgres: {
    remove: [`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`, `DROP ROLE IF EXISTS ${reader}`],
    make: [`CREATE DATABASE ${database}`, `CREATE ROLE ${reader} LOGIN PASSWORD '${password}'`],
    // The extension need not lie where the search path finds it.
    inside: [
      ...tables,
      "ANALYZE orders",
      'CREATE SCHEMA "Odd one"',
      'CREATE EXTENSION pg_stat_statements SCHEMA "Odd one"',
      `GRANT USAGE ON SCHEMA "Odd one" TO ${reader}`,
    ],
    home: (url) => elsewhere(url),
    digest: /FROM orders WHERE status = \$1/,
    lock: ["BEGIN", "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE"],
    unlock: "ROLLBACK",
    waitAtMost: "SET lock_timeout = 100",
    lockFailure: "55P03",
    waiting: "SELECT count(*) FROM pg_locks WHERE NOT granted",
    denied: "42501",
  },
  mysql,
  mariadb: { ...mysql, hasNoCost: true }, // before 11.0
};
const urlOf = (engine) => process.env[`MYDBA_TEST_${engine.toUpperCase()}`];

/** The statement as the server counts it, and a client with a session in its database. */
const counted = "SELECT total FROM orders WHERE status = 'new'";

async function withSession(url, work, more = {}) {
  const client = new Client();
  try {
    await client.open("w", url, more);
    return await work(client);
  } finally {
    await client.end();
  }
}

const runAll = async (client, statements) => {
  for (const sql of statements) await client.rows("w", sql);
};

const plans = (client, params = {}) =>
  client.request("workload/plans", { sessionId: "w", ...params });

function assertAddsUp({ statements, counts }) {
  const { asked, cache, explain, analyze, rowEstimates, failed } = counts;
  assert.equal(asked, statements.length);
  assert.equal(cache + explain + analyze + rowEstimates + failed, asked, JSON.stringify(counts));
}

const ways = ({ statements }) => statements.map(({ way }) => way);

/** Asks until the number in the first cell is as wanted. */
async function until(client, sql, wanted) {
  for (;;) {
    const [[number]] = await client.rows("w", sql);
    if (wanted(Number(number))) return;
  }
}

/** Runs `work` while another session holds a lock on orders; it gets that session's client. */
async function whileLocked(engine, url, work) {
  await withSession(url, async (other) => {
    await runAll(other, engine.lock);
    try {
      await work(other);
    } finally {
      await other.rows("w", engine.unlock);
    }
  });
}

/** What is shown on each server: one whose engine is `engine`, with its schema at `home`. */
const parts = {
  "the busiest statements have plans, and those of the helper are not among them": ({
    engine,
    home,
  }) =>
    withSession(home, async (client) => {
      for (let i = 0; i < 3; i++) await client.rows("w", counted);
      const result = await plans(client, { limit: 100 });
      assertAddsUp(result);
      assert.equal(result.unavailable, undefined);
      const mine = result.statements.find(({ sql }) => engine.digest.test(sql));
      assert.ok(mine, JSON.stringify(result.statements.map(({ sql }) => sql)));
      assert.ok(mine.statistics.calls >= 3);
      assert.ok(mine.statistics.totalMs > 0);
      assert.equal(mine.way, "explain");
      assert.ok(mine.values);
      assert.ok(engine.hasNoCost || mine.cost > 0);
      for (const { sql } of result.statements)
        assert.doesNotMatch(sql, /pg_catalog|information_schema|performance_schema/i);
      const times = result.statements.map(({ statistics }) => statistics.totalMs);
      assert.deepEqual(
        times,
        [...times].sort((a, b) => b - a),
      );
      assert.equal((await plans(client, { limit: 1 })).statements.length, 1);
    }),

  "given statements end in one of five ways, and each failure is counted": ({ name, home }) =>
    withSession(home, async (client) => {
      const statements = [
        "SELECT * FROM orders",
        "SELECT * FROM orders WHERE id = ?".replace("?", name === "postgres" ? "$1" : "?"),
        "DELETE FROM orders WHERE id = 1",
        "SELECT * FROM missing_here WHERE name = 'Ann'",
        "SELEC 'Ann'",
        "DROP TABLE orders",
      ];
      const result = await plans(client, { statements, analyze: true });
      assertAddsUp(result);
      assert.deepEqual(ways(result).slice(1, 3), ["explain", "explain"]);
      assert.deepEqual(ways(result).slice(3), [undefined, undefined, undefined]);
      const [read] = result.statements;
      assert.equal(read.attempts[0].way, "explain");
      assert.equal(read.attempts[1].way, "analyze");
      assert.equal(read.way, read.attempts[1].failure ? "explain" : "analyze");
      assert.equal(result.counts.failed, 3);
      assert.equal(JSON.stringify(result.counts.reasons).includes("Ann"), false);
      // The DELETE was planned and not run.
      assert.deepEqual(await client.rows("w", "SELECT count(*) FROM orders"), [["2"]]);
    }),

  "a plan is taken again from the session for a while, until something is changed": ({
    engine,
    home,
  }) =>
    withSession(home, async (client) => {
      const statements = ["SELECT id FROM orders", "SELECT id FROM parts"];
      const ask = async (more = {}) => ways(await plans(client, { statements, ...more }));
      const explain = ["explain", "explain"];
      const cache = ["cache", "cache"];
      assert.deepEqual(await ask(), explain);
      assert.deepEqual(await ask(), cache);
      assert.deepEqual(await ask({ fresh: true }), explain);
      await client.rows("w", "SELECT * FROM orders");
      assert.deepEqual(await ask(), cache);
      await client.rows("w", "INSERT INTO parts VALUES (1, 1)");
      assert.deepEqual(await ask(), explain);
      await client.rows("w", engine.waitAtMost);
      assert.deepEqual(await ask(), explain);
      const single = await client.request("plan/explain", {
        sessionId: "w",
        sql: "SELECT total FROM orders",
      });
      const { statements: known } = await plans(client, {
        statements: ["SELECT total FROM orders"],
      });
      assert.equal(known[0].way, "cache");
      assert.ok(known[0].ageSeconds < 60);
      assert.equal(known[0].cost, single.tree.root.totalCost);
      assert.equal(known[0].findings, single.findings.length);
      await client.rows("w", "DELETE FROM parts");
    }),

  "a lock that goes away costs a pause and no plan": ({ engine, home }) =>
    withSession(home, async (client) => {
      await client.rows("w", engine.waitAtMost);
      let answer;
      await whileLocked(engine, home, async (other) => {
        answer = plans(client, { statements: ["SELECT * FROM orders"] });
        await until(other, engine.waiting, (waiting) => waiting > 0);
        await until(other, engine.waiting, (waiting) => waiting === 0);
      });
      const { statements, counts } = await answer;
      assert.equal(statements[0].way, "explain");
      assert.equal(statements[0].attempts[0].failure.engineCode, engine.lockFailure);
      assert.ok(statements[0].attempts[1].waitedMs >= 75);
      assert.ok(counts.repeated >= 1);
      assert.deepEqual(counts.reasons, []);
    }),

  "a lock that stays costs one try of each way, and the next statement has its plan": ({
    engine,
    home,
  }) =>
    withSession(home, async (client) => {
      await whileLocked(engine, home, async () => {
        const result = await plans(client, {
          statements: ["SELECT * FROM orders", "SELECT * FROM parts"],
          timeoutMs: 300,
        });
        assertAddsUp(result);
        const [locked, free] = result.statements;
        assert.equal(locked.attempts[0].failure.code, "timeout");
        assert.equal(locked.attempts.filter(({ way }) => way === "explain").length, 1);
        assert.equal(free.way, "explain");
        assert.equal(result.counts.reasons[0].failure.code, "timeout");
      });
    }),

  "cancelling ends it in the middle of a try": ({ engine, home }) =>
    withSession(home, async (client) => {
      await whileLocked(engine, home, async (other) => {
        const statements = Array.from({ length: 50 }, () => "SELECT * FROM orders");
        const answer = plans(client, { statements, timeoutMs: 60_000 });
        await until(other, engine.waiting, (waiting) => waiting > 0);
        client.cancel(answer);
        await assert.rejects(answer, (error) => error.data.code === "cancelled");
      });
      assert.deepEqual(ways(await plans(client, { statements: ["SELECT 1"] })), ["explain"]);
    }),

  "who may not read a table gets the rows that the catalogue tells": ({ engine, asReader }) =>
    withSession(asReader, async (client) => {
      const result = await plans(client, {
        statements: ["SELECT * FROM orders WHERE total > 4", "SELECT * FROM parts"],
      });
      assertAddsUp(result);
      const [known] = result.statements;
      assert.equal(known.way, "rowEstimates");
      assert.equal(known.attempts[0].failure.engineCode, engine.denied);
      assert.equal(known.findings, 0);
      assert.equal(result.counts.asked, result.counts.rowEstimates + result.counts.failed);
      assert.equal(result.counts.reasons.length, 2);
    }),
};

function testServer(name, engine) {
  const admin = urlOf(name);
  const skip = admin ? false : `MYDBA_TEST_${name.toUpperCase()} names no server to test on`;
  const home = admin && engine.home(admin);
  const asReader = admin && elsewhere(admin, { user: reader });

  before(async () => {
    if (skip) return;
    await withSession(admin, (client) => runAll(client, [...engine.remove, ...engine.make]));
    if (engine.inside) await withSession(home, (client) => runAll(client, engine.inside));
  });
  after(async () => {
    if (!skip) await withSession(admin, (client) => runAll(client, engine.remove));
  });
  for (const [title, show] of Object.entries(parts))
    test(`${name}: ${title}`, { skip }, () => show({ name, engine, home, asReader }));
}

for (const [name, engine] of Object.entries(engines)) testServer(name, engine);

test(
  "postgres: without the extension, or the privilege, what would help is said",
  { skip: !urlOf("postgres") },
  async () => {
    const { unavailable, statements, counts } = await withSession(
      elsewhere(urlOf("postgres"), { name: "postgres" }),
      plans,
    );
    assert.match(unavailable.reason, /not installed in this database/);
    assert.equal(unavailable.fix, "CREATE EXTENSION pg_stat_statements");
    assert.deepEqual(statements, []);
    assert.equal(counts.asked, 0);
    const asReader = elsewhere(urlOf("postgres"), { user: reader });
    const hidden = await withSession(asReader, plans);
    assert.match(hidden.unavailable.reason, /only its own/);
    assert.equal(hidden.unavailable.fix, `GRANT pg_read_all_stats TO ${reader}`);
  },
);

for (const name of ["mysql", "mariadb"])
  test(
    `${name}: an account that may not read the statistics is told what it lacks`,
    { skip: !urlOf(name) },
    () =>
      withSession(elsewhere(urlOf(name), { user: reader }), async (client) => {
        const { unavailable } = await plans(client);
        assert.match(unavailable.reason, /may not read the performance schema/);
        assert.match(
          unavailable.fix,
          /^GRANT SELECT ON performance_schema\.\* TO .workload_reader/,
        );
      }),
  );

test(
  "postgres: a setting that keeps statements from being counted is named, with what changes it",
  { skip: !urlOf("postgres") },
  () =>
    withSession(elsewhere(urlOf("postgres")), async (client) => {
      const reload = "SELECT pg_reload_conf()";
      await client.rows("w", "SET pg_stat_statements.track = 'none'");
      const { unavailable } = await plans(client);
      assert.equal(unavailable.reason, "pg_stat_statements.track is none");
      assert.equal(unavailable.fix, `ALTER SYSTEM SET pg_stat_statements.track = 'top'; ${reload}`);
      await client.rows("w", "SET compute_query_id = 'off'");
      const without = await plans(client);
      assert.equal(without.unavailable.reason, "compute_query_id is off");
      assert.equal(without.unavailable.fix, `ALTER SYSTEM SET compute_query_id = auto; ${reload}`);
      assert.deepEqual(without.statements, []);
    }),
);

// The server writes `COUNT ( * )`, and does not read it.
for (const name of ["mysql", "mariadb"])
  test(
    `${name}: statements with the server's own functions have plans`,
    { skip: !urlOf(name) },
    () =>
      withSession(elsewhere(urlOf(name)), async (client) => {
        const digests = "performance_schema.events_statements_summary_by_digest";
        await withSession(urlOf(name), (other) => runAll(other, [`TRUNCATE TABLE ${digests}`]));
        await runAll(client, engines[name].counting);
        const result = await plans(client, { analyze: true });
        const failures = result.statements
          .flatMap(({ attempts }) => attempts)
          .map((a) => a.failure);
        assert.deepEqual(failures.filter(Boolean), []);
        assert.equal(result.counts.asked, engines[name].counting.length);
        const counted = result.statements.find(({ sql }) => sql.startsWith("SELECT COUNT("));
        assert.equal(counted.way, "analyze", "without placeholders it can be measured");
      }),
  );

for (const name of ["mysql", "mariadb"])
  test(`${name}: a statement whose text was cut is said to be so`, { skip: !urlOf(name) }, () =>
    withSession(elsewhere(urlOf(name)), async (client) => {
      const columns = Array.from({ length: 300 }, (_, i) => `total AS t${i}`).join(", ");
      await client.rows("w", `SELECT ${columns} FROM orders`);
      const { statements, counts } = await plans(client, { limit: 200 });
      const cut = statements.filter(({ sql }) => sql.includes("`t0`"));
      assert.equal(cut.length, 1);
      assert.equal(cut[0].attempts.length, 1);
      assert.match(cut[0].attempts[0].failure.hint, /only the beginning/);
      assert.equal(cut[0].way, undefined);
      assert.ok(counts.failed >= 1);
    }),
  );

test("sqlite: there are no statistics, and given statements have plans", async () => {
  const file = path.join(folder, "w.db");
  writeFileSync(file, "");
  await withSession(`sqlite:${file}`, async (client) => {
    await runAll(client, tables);
    const { unavailable, counts } = await plans(client);
    assert.match(unavailable.reason, /SQLite counts nothing/);
    assert.equal(counts.asked, 0);
    const result = await plans(client, {
      statements: ["SELECT * FROM orders WHERE id = ?", "SELECT * FROM missing_here"],
    });
    assertAddsUp(result);
    assert.deepEqual(ways(result), ["explain", undefined]);
  });
});

test("the plans of a workload are kept like those of single statements", async () => {
  const file = path.join(folder, "kept.db");
  writeFileSync(file, "");
  await withSession(`sqlite:${file}`, async (client) => {
    await runAll(client, tables);
    await plans(client, { statements: ["SELECT * FROM orders WHERE total = 1"] });
    const { records } = await client.request("plan/history", {
      sessionId: "w",
      sql: "SELECT * FROM orders WHERE total = 2",
    });
    assert.equal(records.length, 1);
  });
});
