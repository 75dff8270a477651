// compare_queries calls a rewritten query proven only when it returns the same rows and is clearly
// faster. The pairs are rewrites that people and models propose: right ones, and wrong ones that
// look right.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { call, connectMcp } from "./mcp_client.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-compare-"));
let client;

before(async () => {
  const { status } = await mydba(["sample", folder]);
  assert.equal(status, 0);
  client = await connectMcp([`shop=sqlite:${folder}/shop.db`]);
});

after(async () => {
  await client?.close();
  rmSync(folder, { recursive: true, force: true });
});

const compare = (from, to) =>
  call(client, "compare_queries", { connection: "shop", before: from, after: to });

const proven = {
  "a range instead of a function around the column": [
    "SELECT id, total_cents FROM orders WHERE date(ordered_at) = '2025-03-14'",
    "SELECT id, total_cents FROM orders WHERE ordered_at >= '2025-03-14' AND ordered_at < '2025-03-15'",
  ],
  "one grouped pass instead of a sub-query for each row": [
    `SELECT p.id, (SELECT count(*) FROM events AS e WHERE e.product_id = p.id) AS n
     FROM products AS p WHERE p.category = 'Tea' AND p.id < 40`,
    `SELECT p.id, coalesce(e.n, 0) AS n FROM products AS p
     LEFT JOIN (SELECT product_id, count(*) AS n FROM events GROUP BY product_id) AS e
       ON e.product_id = p.id
     WHERE p.category = 'Tea' AND p.id < 40`,
  ],
  "EXISTS instead of DISTINCT over a join": [
    `SELECT DISTINCT c.id FROM customers AS c JOIN orders AS o ON o.customer_id + 0 = c.id
     WHERE c.id < 50`,
    "SELECT c.id FROM customers AS c WHERE c.id < 50 AND c.id IN (SELECT customer_id FROM orders)",
  ],
};

for (const [name, [from, to]] of Object.entries(proven))
  test(`proven: ${name}`, async () => {
    const result = await compare(from, to);
    assert.equal(result.verdict, "proven", JSON.stringify(result));
    assert.equal(result.before.rows, result.after.rows);
    assert.ok(result.after.medianMs < result.before.medianMs);
  });

const different = {
  "a range that leaves out the last day's hours": [
    "SELECT id FROM orders WHERE date(ordered_at) BETWEEN '2025-03-14' AND '2025-03-15'",
    "SELECT id FROM orders WHERE ordered_at BETWEEN '2025-03-14' AND '2025-03-15'",
  ],
  "a join instead of IN, which repeats rows": [
    "SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders) AND id < 1000",
    "SELECT c.id FROM customers AS c JOIN orders AS o ON o.customer_id = c.id WHERE c.id < 1000",
  ],
  "EXCEPT instead of NOT IN over NULLs": [
    "SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM events)",
    "SELECT id FROM customers EXCEPT SELECT customer_id FROM events",
  ],
  "UNION ALL instead of UNION": [
    "SELECT country FROM customers UNION SELECT city FROM customers",
    "SELECT country FROM customers UNION ALL SELECT city FROM customers",
  ],
  "a condition on the outer side's rows in WHERE": [
    `SELECT c.id, o.id AS o FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'cancelled'
     WHERE c.id BETWEEN 40000 AND 40040`,
    `SELECT c.id, o.id AS o FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
     WHERE o.status = 'cancelled' AND c.id BETWEEN 40000 AND 40040`,
  ],
  "count of a column that can be NULL": [
    "SELECT count(*) AS n FROM events GROUP BY kind",
    "SELECT count(product_id) AS n FROM events GROUP BY kind",
  ],
  "fewer columns than *": ["SELECT * FROM products", "SELECT id, name FROM products"],
  "another name for a column": [
    "SELECT id AS customer FROM customers",
    "SELECT id AS c FROM customers",
  ],
  "another order": [
    "SELECT id FROM products ORDER BY id",
    "SELECT id FROM products ORDER BY id DESC",
  ],
  "a limit that was not there": ["SELECT id FROM orders", "SELECT id FROM orders LIMIT 1000"],
};

for (const [name, [from, to]] of Object.entries(different))
  test(`different: ${name}`, async () => {
    const result = await compare(from, to);
    assert.equal(result.verdict, "different", JSON.stringify(result));
  });

test("the same rows without a gain are not proven", async () => {
  const same = await compare("SELECT id, name FROM products", "SELECT id, name FROM products");
  assert.equal(same.verdict, "sameNotFaster");
  const slower = await compare(
    "SELECT id FROM orders WHERE ordered_at >= '2025-03-14' AND ordered_at < '2025-03-15'",
    "SELECT id FROM orders WHERE date(ordered_at) = '2025-03-14'",
  );
  assert.equal(slower.verdict, "sameNotFaster");
});

test("what returns next to nothing proves nothing", async () => {
  const result = await compare(
    "SELECT id FROM orders WHERE date(ordered_at) = '1999-01-01'",
    "SELECT id FROM orders WHERE ordered_at >= '1999-01-01' AND ordered_at < '1999-01-02'",
  );
  assert.equal(result.verdict, "unknown");
  assert.match(result.reason, /few rows/);
});

test("what does not run, or writes, is no proposal", async () => {
  const broken = await compare("SELECT id FROM orders", "SELECT missing FROM orders");
  assert.equal(broken.verdict, "unknown");
  assert.match(broken.reason, /no such column: missing/);
  await assert.rejects(compare("SELECT 1", "DELETE FROM orders"), /refused/);
  await assert.rejects(compare("DELETE FROM orders RETURNING id", "SELECT 1"), /refused/);
});
