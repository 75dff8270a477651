// Profiles of SQLite: what they say, and that they leave the database as it was.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

let folder;
let client;
const file = () => path.join(folder, "a.db");

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-profile-"));
  client = new Client();
  await client.open("s", `sqlite:${file()}?mode=rwc`);
  await client.rows(
    "s",
    `CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INT, note TEXT);
     CREATE TABLE lines (order_id INT REFERENCES orders ON DELETE CASCADE, n INT);
     CREATE INDEX lines_order ON lines (order_id);
     CREATE TABLE log (text TEXT);
     CREATE TRIGGER logged AFTER UPDATE ON orders
     BEGIN INSERT INTO log VALUES ('order ' || new.id); END;
     WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
     INSERT INTO orders SELECT i, i % 100, printf('%.*c', 60, 'x') FROM n;
     INSERT INTO lines SELECT id, 1 FROM orders;
     CREATE VIRTUAL TABLE words USING fts5 (body);
     INSERT INTO words VALUES ('some words');
     PRAGMA foreign_keys = 1`,
  );
});
after(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const profile = (sql, more = {}) => client.request("profile/run", { sessionId: "s", sql, ...more });
/** Of the file and what may lie beside it. */
const checksum = () => {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort())
    hash.update(`${name}\n`).update(readFileSync(path.join(folder, name)));
  return hash.digest("hex");
};
const state = () =>
  client.rows(
    "s",
    `SELECT (SELECT count(*) FROM orders), (SELECT sum(total) FROM orders),
       (SELECT count(*) FROM lines), (SELECT count(*) FROM log), (SELECT count(*) FROM words),
       (SELECT seq FROM sqlite_sequence WHERE name = 'orders'), last_insert_rowid()`,
  );
const metric = ({ metrics }, name) => metrics.find((entry) => entry.name === name)?.value;

test("a run has stages, counters and the plan's findings", async () => {
  const result = await profile("SELECT * FROM orders WHERE total > 97 ORDER BY note, id");
  assert.deepEqual(
    result.stages.filter(({ level }) => level === 0).map(({ name }) => name),
    ["Prepare", "First row", "Further rows"],
  );
  assert.equal(result.totals.rows, 400);
  const sum = result.stages
    .filter(({ level }) => level === 0)
    .reduce((ms, stage) => ms + stage.durationMs, 0);
  assert.ok(Math.abs(sum - result.totals.totalMs) < 0.01 * result.totals.totalMs);
  assert.ok(result.totals.cpuMs > 0 && result.totals.cpuMs <= result.totals.totalMs * 1.05);
  assert.equal(metric(result, "FULLSCAN_STEP"), 19999);
  assert.equal(metric(result, "SORT"), 1);
  assert.ok(metric(result, "VM_STEP") > 20000);
  const scan = result.findings.find(({ id }) => id === "full-table-scan");
  assert.match(scan.message, /20,000/);
  assert.equal(result.plan.tree.analyzed, true);
});

const changes = [
  "DELETE FROM orders",
  "DELETE FROM orders WHERE total < 50",
  "UPDATE orders SET total = total + 1",
  "INSERT INTO orders (total, note) SELECT total, note FROM orders",
  "INSERT INTO orders (total) VALUES (1), (2) RETURNING id",
  "INSERT OR ROLLBACK INTO orders (id, total) VALUES (1, 1)",
  "REPLACE INTO orders VALUES (1, 5, 'other'), (500000, 6, 'new')",
  "INSERT INTO words VALUES ('more words')",
  "INSERT INTO words (words) VALUES ('rebuild')",
  "WITH gone AS (SELECT id FROM orders WHERE total = 3) DELETE FROM orders WHERE id IN gone",
];
for (const journal of ["delete", "wal"])
  test(`what writes leaves file, sequence and last row as they were, in mode ${journal}`, async () => {
    // So small that changed pages go to the file before the end.
    await client.rows("s", `PRAGMA journal_mode = ${journal}; PRAGMA cache_size = 10`);
    const [rows] = await state();
    assert.equal(rows[5], "20000");
    const before = checksum();
    for (const sql of changes) {
      const refused = await profile(sql).then(
        (result) => {
          assert.ok(result.notices.some((notice) => notice.startsWith("The changes were rolled")));
          assert.ok(result.totals.rowsAffected > 0, sql);
        },
        (error) => error.message,
      );
      if (refused) assert.match(refused, /UNIQUE constraint failed/, sql);
      assert.deepEqual((await state())[0], rows, sql);
      if (journal === "delete") assert.equal(checksum(), before, sql);
    }
    assert.deepEqual(await client.rows("s", "PRAGMA integrity_check"), [["ok"]]);
  });

test("rows changed by triggers are said", async () => {
  const { notices, totals } = await profile("UPDATE orders SET total = 0 WHERE id < 11");
  assert.equal(totals.rowsAffected, 10);
  assert.ok(notices.includes("Triggers and foreign keys changed 10 more rows."));
});

test("what could not be taken back is refused", async () => {
  const before = await state();
  const refusals = [
    ["SELECT * FROM orders WHERE id = ?", /placeholders/],
    ["DROP TABLE orders", /only SELECT, INSERT, UPDATE/],
    ["PRAGMA user_version = 7", /only SELECT, INSERT, UPDATE/],
    ["VACUUM", /only SELECT, INSERT, UPDATE/],
    ["SELECT * FROM pragma_optimize", /not authorized|no such table/],
  ];
  for (const [sql, reason] of refusals) await assert.rejects(profile(sql), reason, sql);
  assert.deepEqual(await state(), before);
});

test("in a transaction of the user only reading is profiled, and it stays open", async () => {
  await client.rows("s", "BEGIN; INSERT INTO orders (total) VALUES (12345)");
  await assert.rejects(profile("DELETE FROM orders"), /inside a transaction/);
  assert.equal((await profile("SELECT * FROM orders WHERE total = 12345")).totals.rows, 1);
  await client.rows("s", "ROLLBACK"); // fails when there is none
});

test("a cancelled run is taken back too, and a lock is waited for and measured", async () => {
  const rows = await state();
  const endless =
    "INSERT INTO orders (total) WITH RECURSIVE n (i) AS " +
    "(VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
  await assert.rejects(profile(endless, { timeoutMs: 300 }), /time/);
  assert.deepEqual(await state(), rows);
  await client.open("other", `sqlite:${file()}`);
  await client.rows("other", "BEGIN IMMEDIATE");
  const waiting = profile("DELETE FROM log");
  setTimeout(() => void client.rows("other", "COMMIT"), 200);
  const { totals, waits } = await waiting;
  assert.ok(totals.lockMs > 20, `${totals.lockMs} ms`);
  assert.equal(waits[0].event, "Lock of another program");
});

test("a plan says what its tables lack: statistics, an index, and nothing of small ones", async () => {
  const explain = (sql) => client.request("plan/explain", { sessionId: "s", sql });
  const sql = "SELECT * FROM orders AS o WHERE o.total = ? AND o.note > 'x'";
  const { tree, findings } = await explain(sql);
  assert.equal(tree.values, "generic");
  const [orders] = tree.relations;
  assert.deepEqual(
    [orders.name, orders.rows, orders.neverAnalyzed, orders.indexes],
    ["orders", 20000, true, []],
  );
  const remedies = (id) => findings.find((finding) => finding.id === id).remedies;
  assert.equal(remedies("stale-statistics")[0].sql, 'ANALYZE "orders"');
  const [{ sql: index, createsIndex }] = remedies("full-table-scan");
  assert.equal(createsIndex, true);
  assert.match(index, /^CREATE INDEX "orders_total_note_idx" ON "orders" \("total", "note"\)$/);
  const foretold = await client.request("whatif/indexes", {
    sessionId: "s",
    sql,
    indexes: [index],
  });
  assert.equal(foretold.indexes[0].used, true);
  assert.ok(!foretold.after.findings.some(({ id }) => id === "full-table-scan"));
  assert.deepEqual((await explain("SELECT * FROM log WHERE text = 'a'")).findings, []);
  const like = await explain("SELECT * FROM orders WHERE note LIKE 'x%'");
  assert.match(like.tree.notices[0], /^LIKE does not tell upper from lower case/);
  assert.deepEqual(like.findings.find(({ id }) => id === "full-table-scan").remedies ?? [], []);
});
