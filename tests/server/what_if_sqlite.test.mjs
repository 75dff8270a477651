// What-if truth: the plan that is foretold is the plan that the index really brings, in a copy of
// the database where it is created.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";
import { cases, guessed, schema } from "./what_if_sqlite_cases.mjs";

let folder;
let client;
const file = (name) => path.join(folder, name);
const url = (name) => `sqlite:${file(name)}?mode=rwc`;

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-whatif-"));
  client = new Client();
  await client.open("made", url("shop.db"));
  await client.rows("made", schema);
  // The same rows, of which the planner knows nothing.
  copyFileSync(file("shop.db"), file("new.db"));
  await client.rows("made", "ANALYZE");
  await client.request("connection/close", { sessionId: "made" });
  await client.open("shop", `sqlite:${file("shop.db")}`);
  await client.open("new", `sqlite:${file("new.db")}`);
});
after(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const whatIf = (sessionId, sql, indexes, more = {}) =>
  client.request("whatif/indexes", { sessionId, sql, indexes, ...more });
/** What is done in which order, without numbers. */
const shape = (node) =>
  `${node.operation} ${node.relation ?? ""} ${node.index ?? ""} ${node.condition ?? ""} ` +
  `(${node.children.map(shape).join(", ")})`;

/** The plan after really creating the indexes in a copy of the file. */
async function reality(base, sql, indexes, analyze) {
  copyFileSync(file(`${base}.db`), file("copy.db"));
  await client.open("copy", `sqlite:${file("copy.db")}`);
  for (const index of indexes) await client.rows("copy", index);
  if (analyze) await client.rows("copy", "ANALYZE");
  const { tree } = await client.request("plan/explain", { sessionId: "copy", sql });
  await client.request("connection/close", { sessionId: "copy" });
  return shape(tree.root);
}

async function foretold(base, list, analyze) {
  let right = 0;
  let used = 0;
  for (const { sql, indexes } of list) {
    const result = await whatIf(base, sql, indexes);
    assert.equal(result.method, "copy");
    assert.ok(!result.notices.some((notice) => notice.startsWith("The copy in which")), sql);
    const expected = await reality(base, sql, indexes, analyze);
    const predicted = shape(result.after.tree.root);
    if (predicted === expected) right += 1;
    else console.log(`${sql}\n  foretold ${predicted}\n  came     ${expected}`);
    if (result.indexes.some((index) => index.used)) used += 1;
  }
  console.log(`${right} of ${list.length} plans as foretold, ${used} with a new index`);
  return right / list.length;
}

test("plans with statistics are foretold", async () => {
  assert.ok(cases.length >= 40);
  assert.ok((await foretold("shop", cases, true)) >= 0.9);
});

test("plans without statistics are foretold, and said to be guesses", async () => {
  assert.ok((await foretold("new", cases, false)) >= 0.9);
  const { notices } = await whatIf("new", guessed.sql, guessed.indexes);
  assert.ok(notices.some((notice) => notice.startsWith("ANALYZE never ran for orders")));
});

test("nothing is written, and a size is told", async () => {
  const before = readFileSync(file("shop.db"));
  const result = await whatIf("shop", guessed.sql, guessed.indexes);
  assert.ok(readFileSync(file("shop.db")).equals(before));
  copyFileSync(file("shop.db"), file("real.db"));
  await client.open("real", url("real.db"));
  for (const index of guessed.indexes) await client.rows("real", index);
  const [[bytes]] = await client.rows(
    "real",
    `SELECT sum(pgsize) FROM dbstat WHERE name = '${result.indexes[0].name}'`,
  );
  await client.request("connection/close", { sessionId: "real" });
  const ratio = result.indexes[0].bytes / Number(bytes);
  assert.ok(ratio > 0.7 && ratio < 1.4, `${result.indexes[0].bytes} bytes instead of ${bytes}`);
});

test("an index that cannot be is refused, with the reason", async () => {
  const sql = "SELECT * FROM orders WHERE status = 'new'";
  await assert.rejects(
    whatIf("shop", sql, ["CREATE INDEX i ON orders (nothing)"]),
    /the index cannot be created: .*nothing/,
  );
  await assert.rejects(
    whatIf("shop", sql, ["CREATE INDEX IF NOT EXISTS orders_placed ON orders (status)"]),
    /there is an index orders_placed already/,
  );
  await assert.rejects(whatIf("shop", sql, ["DROP TABLE orders"]), /not one CREATE INDEX/);
  await assert.rejects(
    whatIf("shop", "-- why\n SELECT nothing FROM orders", ["CREATE INDEX i ON orders (status)"]),
    ({ data }) => data.position === "-- why\n SELECT ".length,
  );
});

test("attached files, temporary tables and settings of the session are in the copy", async () => {
  await client.open("many", `sqlite:${file("shop.db")}`);
  await client.rows("many", `ATTACH '${file("new.db")}' AS "other one"`);
  await client.rows("many", "CREATE TEMP TABLE wanted AS SELECT id FROM customers WHERE vip = 1");
  await client.rows("many", "PRAGMA case_sensitive_like = 1");
  const used = async (sql, index) => (await whatIf("many", sql, [index])).indexes[0].used;
  const attached = 'SELECT * FROM "other one".orders WHERE customer_id = 1';
  assert.ok(await used(attached, 'CREATE INDEX "other one".w ON orders (customer_id)'));
  assert.ok(!(await used(attached, "CREATE INDEX w ON orders (customer_id)")));
  assert.ok(await used("SELECT * FROM wanted WHERE id = 1", "CREATE INDEX temp.w ON wanted (id)"));
  const like = "SELECT * FROM customers WHERE name LIKE 'name 1%'";
  assert.ok(await used(like, "CREATE INDEX w ON customers (name)"));
  assert.ok(!(await whatIf("shop", like, ["CREATE INDEX w ON customers (name)"])).indexes[0].used);
  await client.request("connection/close", { sessionId: "many" });
});
