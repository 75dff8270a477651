// Is a what-if true? Each query is planned with an index that HypoPG imagines, with one that is
// built and rolled back, and then with one that is really there; the shapes and costs are compared.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

const url = process.env.MYDBA_TEST_POSTGRES;
const options = { skip: !url && "SKIPPED: MYDBA_TEST_POSTGRES is not set" };
const schema = [
  "DROP SCHEMA IF EXISTS what_if CASCADE",
  "CREATE SCHEMA what_if",
  "CREATE EXTENSION IF NOT EXISTS hypopg SCHEMA public",
  "SET search_path = what_if, public",
  `CREATE TABLE people (id int PRIMARY KEY, email text, country text, city text, born date, score int)
   WITH (autovacuum_enabled = off)`,
  `INSERT INTO people SELECT i, 'person' || i || '@example.com', (array['DE','FR','JP','US','BR'])[1 + i % 5],
   'city' || i % 400, date '1950-01-01' + i % 20000, i * 7919 % 1000 FROM generate_series(1, 30000) i`,
  `CREATE TABLE orders (id int PRIMARY KEY, person_id int, status text, placed timestamptz, total numeric(10,2), code text, note text)
   WITH (autovacuum_enabled = off)`,
  `INSERT INTO orders SELECT i, 1 + i * 7919 % 30000, CASE WHEN i % 500 = 0 THEN 'open' WHEN i % 20 = 0 THEN 'sent' ELSE 'done' END,
   timestamptz '2025-01-01 00:00+00' + i * interval '5 minutes', i % 900 + 0.5, 'c' || i % 50000, CASE WHEN i % 50 = 0 THEN 'n' || i END
   FROM generate_series(1, 100000) i`,
  `CREATE TABLE lines (order_id int, line int, product int, quantity int, PRIMARY KEY (order_id, line))
   WITH (autovacuum_enabled = off)`,
  `INSERT INTO lines SELECT 1 + i / 2, 1 + i % 2, 1 + i * 31 % 3000, 1 + i % 9 FROM generate_series(0, 119999) i`,
  // Statistics of all rows instead of a sample that differs from run to run.
  "SET default_statistics_target = 400",
  "VACUUM (ANALYZE) people",
  "VACUUM (ANALYZE) orders",
  "VACUUM (ANALYZE) lines",
];

/** An index, and the statements that are asked about it. */
const cases = [
  ["CREATE INDEX w ON orders (person_id)", [
    "SELECT * FROM orders WHERE person_id = 42",
      "SELECT * FROM orders WHERE person_id = 42 AND status = 'done'",
      "SELECT * FROM orders WHERE person_id = 42 ORDER BY placed DESC LIMIT 2",
      "SELECT sum(total) FROM orders WHERE person_id = 42",
      "SELECT p.email, o.id FROM people p LEFT JOIN orders o ON o.person_id = p.id WHERE p.id BETWEEN 5 AND 9",
      "SELECT * FROM orders o JOIN lines l ON l.order_id = o.id WHERE o.person_id = 11",
      "SELECT id, (SELECT max(total) FROM orders o WHERE o.person_id = p.id) FROM people p WHERE id < 50",
      "SELECT * FROM people p, LATERAL (SELECT * FROM orders o WHERE o.person_id = p.id LIMIT 1) last WHERE p.id < 30",
    "SELECT * FROM orders WHERE person_id IN (1, 2, 3)",
    "SELECT * FROM people p JOIN orders o ON o.person_id = p.id WHERE p.id = 7",
    "SELECT * FROM people p JOIN orders o ON o.person_id = p.id WHERE p.id < 20",
    "SELECT count(*) FROM orders WHERE person_id BETWEEN 100 AND 200",
    "SELECT * FROM people p WHERE EXISTS (SELECT FROM orders o WHERE o.person_id = p.id AND o.total > 899)",
    "SELECT p.id FROM people p WHERE NOT EXISTS (SELECT FROM orders o WHERE o.person_id = p.id)",
    "SELECT person_id, count(*) FROM orders GROUP BY person_id",
    "UPDATE orders SET note = 'x' WHERE person_id = 9",
    "DELETE FROM orders WHERE person_id = 9",
    "SELECT max(person_id) FROM orders",
  ]],
  ["CREATE INDEX w ON orders (placed)", [
    "SELECT * FROM orders WHERE placed > '2025-12-10'",
      "SELECT date_trunc('day', placed), count(*) FROM orders WHERE placed > '2025-12-05' GROUP BY 1",
      "SELECT * FROM orders WHERE placed < '2025-01-03' AND status = 'sent'",
      "SELECT o.id, p.email FROM orders o JOIN people p ON p.id = o.person_id WHERE o.placed > '2025-12-13'",
    "SELECT * FROM orders ORDER BY placed DESC LIMIT 10",
    "SELECT * FROM orders WHERE placed BETWEEN '2025-03-01' AND '2025-03-02' ORDER BY placed",
    "SELECT min(placed) FROM orders",
    "SELECT * FROM orders WHERE placed > '2025-01-01'",
  ]],
  ["CREATE INDEX w ON orders (status)", [
    "SELECT * FROM orders WHERE status = 'open'",
    "SELECT * FROM orders WHERE status = 'done'",
    "SELECT status, count(*) FROM orders GROUP BY status",
    "SELECT count(*) FROM orders WHERE status <> 'done'",
  ]],
  ["CREATE INDEX w ON orders (status, placed)", [
    "SELECT * FROM orders WHERE status = 'open' ORDER BY placed LIMIT 5",
    "SELECT * FROM orders WHERE status = 'sent' AND placed > '2025-12-01'",
    "SELECT * FROM orders WHERE placed > '2025-12-12'",
  ]],
  ["CREATE INDEX w ON orders (person_id) INCLUDE (total)", [
    "SELECT person_id, total FROM orders WHERE person_id = 8",
    "SELECT sum(total) FROM orders WHERE person_id < 50",
  ]],
  ["CREATE INDEX w ON orders (person_id) WHERE status = 'open'", [
    "SELECT * FROM orders WHERE status = 'open' AND person_id = 3",
    "SELECT * FROM orders WHERE person_id = 3",
    "SELECT count(*) FROM orders WHERE status = 'open'",
  ]],
  ["CREATE INDEX w ON orders (code text_pattern_ops)", [
    "SELECT * FROM orders WHERE code LIKE 'c4999%'",
    "SELECT * FROM orders WHERE code = 'c77'",
  ]],
  ["CREATE INDEX w ON orders USING hash (code)", ["SELECT * FROM orders WHERE code = 'c77'"]],
  ["CREATE INDEX w ON orders USING brin (placed)", [
    "SELECT * FROM orders WHERE placed BETWEEN '2025-03-01' AND '2025-03-02'",
  ]],
  ["CREATE INDEX w ON orders (total DESC, id)", [
    "SELECT * FROM orders ORDER BY total DESC, id LIMIT 20",
    "SELECT * FROM orders WHERE total > 899",
    "SELECT DISTINCT total FROM orders",
  ]],
  ["CREATE UNIQUE INDEX w ON people (email)", [
    "SELECT * FROM people WHERE email = 'person77@example.com'",
    "SELECT * FROM people p JOIN orders o ON o.person_id = p.id WHERE p.email = 'person5@example.com'",
  ]],
  ["CREATE INDEX w ON people (country, city)", [
    "SELECT * FROM people WHERE country = 'FR' AND city = 'city1'",
      "SELECT score FROM people WHERE country = 'FR' AND city IN ('city1', 'city6', 'city11')",
      "SELECT * FROM people WHERE country = 'FR' AND city = 'city1' ORDER BY score DESC LIMIT 3",
    "SELECT * FROM people WHERE city = 'city1'",
    "SELECT country, city, count(*) FROM people GROUP BY country, city ORDER BY country, city",
  ]],
  ["CREATE INDEX w ON people (born, score)", [
    "SELECT * FROM people WHERE born = '1960-01-01' AND score > 500",
    "SELECT * FROM people WHERE score > 990 ORDER BY born LIMIT 3",
    "SELECT born, score FROM people WHERE born < '1951-01-01'",
  ]],
  ["CREATE INDEX w ON lines (product)", [
    "SELECT * FROM lines WHERE product = 17",
      "SELECT * FROM lines WHERE product IN (3, 5, 7)",
      "SELECT count(*) FROM lines l JOIN orders o ON o.id = l.order_id WHERE l.product = 17 AND o.status = 'sent'",
    "SELECT o.* FROM lines l JOIN orders o ON o.id = l.order_id WHERE l.product = 17",
    "SELECT product, sum(quantity) FROM lines WHERE product < 30 GROUP BY product",
    "SELECT * FROM lines WHERE product = 17 AND quantity > 5 ORDER BY order_id",
  ]],
  ["CREATE INDEX w ON people (lower(email))", ["SELECT * FROM people WHERE lower(email) = 'person8@example.com'"]],
  ["CREATE INDEX w ON lines (quantity)", ["SELECT * FROM lines WHERE quantity = 3"]],
]; // prettier-ignore

/** Statements of a case for which the index is built, too, which takes its time. */
const built = 3;

let client;
before(async () => {
  if (!url) return;
  client = new Client();
  await client.open("s", url);
  for (const sql of schema) await client.rows("s", sql);
});
after(async () => {
  if (!client) return;
  await client.rows("s", "DROP SCHEMA what_if CASCADE");
  await client.end();
});

const whatIf = (sql, index, method) =>
  client.request("whatif/indexes", { sessionId: "s", sql, indexes: [index], method });

async function compared(sql, predicted, real) {
  const { verdict } = await client.request("plan/compare", {
    before: predicted.tree,
    after: real.tree,
  });
  const [guess, truth] = [predicted, real].map(({ tree }) => tree.root.totalCost);
  return { sql, sameShape: verdict.sameShape, off: Math.abs(guess / truth - 1) };
}

function report(method, results) {
  const same = results.filter(({ sameShape }) => sameShape).length;
  const near = results.filter(({ off }) => off <= 0.2).length;
  const percent = (n) => `${((100 * n) / results.length).toFixed(1)} %`;
  console.log(
    `${method}: ${results.length} queries, same shape ${percent(same)}, cost within 20 % ${percent(near)}`,
  );
  for (const { sql, sameShape, off } of results)
    if (!sameShape || off > 0.2)
      console.log(
        `  ${sameShape ? "same shape" : "OTHER SHAPE"}, cost off by ${(100 * off).toFixed(0)} %: ${sql}`,
      );
  assert.ok(same / results.length >= 0.9);
  assert.ok(near / results.length >= 0.8);
}

test("what is predicted is what is planned once the index is there", options, async () => {
  const results = { hypothetical: [], transaction: [] };
  for (const [index, statements] of cases) {
    const predictions = [];
    for (const [place, sql] of statements.entries())
      for (const method of place < built ? ["hypothetical", "transaction"] : ["hypothetical"]) {
        const { after: plan, indexes } = await whatIf(sql, index, method);
        assert.equal(indexes[0].name, "w");
        predictions.push({ sql, method, plan });
      }
    await client.rows("s", index);
    for (const { sql, method, plan } of predictions)
      results[method].push(
        await compared(sql, plan, await client.request("plan/explain", { sessionId: "s", sql })),
      );
    await client.rows("s", "DROP INDEX w");
  }
  assert.ok(results.hypothetical.length >= 40);
  for (const [method, compared] of Object.entries(results)) report(method, compared);
});

test("without a method only what touches nothing is used", options, async () => {
  const result = await whatIf(cases[0][1][0], cases[0][0]);
  assert.equal(result.method, "hypothetical");
  assert.ok(result.indexes[0].used);
  assert.ok(result.indexes[0].bytes > 0);
  assert.equal(result.comparison.verdict.outcome, "better");
  assert.deepEqual(await client.rows("s", "SELECT count(*) FROM hypopg()"), [["0"]]);
  assert.deepEqual(
    await client.rows("s", "SELECT count(*) FROM pg_indexes WHERE indexname = 'w'"),
    [["0"]],
  );
});
