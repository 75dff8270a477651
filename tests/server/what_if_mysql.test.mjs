// What-if on MySQL and MariaDB told the truth: the plan that was foretold in a copy is the one that
// the server takes when the index is really there.
//
// Steps, tables and indexes in their order are the shape. It may differ in one plan of ten, since
// the server estimates from random pages of an index, and anew for every index.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Client } from "./client.mjs";

const servers = [
  ["MySQL", process.env.MYDBA_TEST_MYSQL],
  ["MariaDB", process.env.MYDBA_TEST_MARIADB],
  ["MariaDB 11.8", process.env.MYDBA_TEST_MARIADB_11_8],
];
const database = "mydba_truth";

// Computed, not random. `country` and `status` are skewed, `score` and `total` are not; orders have
// clusters by date. `visits` is large enough for a sample.
const digits = (n) =>
  `(SELECT ${Array.from({ length: n }, (_, i) => `d${i}.d * ${10 ** i}`).join(" + ")} AS n FROM ` +
  `${Array.from({ length: n }, (_, i) => `digits d${i}`).join(", ")}) AS numbers`;
const schema = [
  "CREATE TABLE digits (d INT PRIMARY KEY)",
  "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
  `CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(60) NOT NULL, country CHAR(2) NOT NULL,
     born DATE NOT NULL, score INT NOT NULL, boss INT, bio VARCHAR(200) NOT NULL)`,
  `INSERT INTO people SELECT n, CONCAT('p', n, '@example.com'),
     ELT(1 + (n % 10 = 3) + 2 * (n % 50 = 7) + 3 * (n % 500 = 8), 'us', 'de', 'fr', 'is'),
     DATE '1950-01-01' + INTERVAL (n * 37 % 20000) DAY, n * 7919 % 1000,
     IF(n % 3, n % 40, NULL), REPEAT('b', 20 + n % 100) FROM ${digits(4)} WHERE n < 6000`,
  `CREATE TABLE orders (id INT PRIMARY KEY, person_id INT NOT NULL, status VARCHAR(8) NOT NULL,
     placed DATETIME NOT NULL, total INT NOT NULL, note VARCHAR(100), KEY orders_placed (placed))`,
  `INSERT INTO orders SELECT n, n * 13 % 6000, ELT(1 + (n % 25 = 0) + 2 * (n % 100 = 1), 'done', 'new', 'lost'),
     '2024-01-01' + INTERVAL n DIV 20 HOUR, n * 31 % 5000, REPEAT('x', n % 80)
     FROM ${digits(5)} WHERE n < 12000`,
  `CREATE TABLE items (id INT PRIMARY KEY AUTO_INCREMENT, order_id INT NOT NULL, product_id INT NOT NULL,
     quantity INT NOT NULL, price INT NOT NULL)`,
  `INSERT INTO items (order_id, product_id, quantity, price)
     SELECT n * 7 % 12000, n * n % 1000, 1 + n % 5, n * 17 % 300 FROM ${digits(5)} WHERE n < 18000`,
  `CREATE TABLE products (id INT PRIMARY KEY, sku VARCHAR(20) NOT NULL, category INT NOT NULL,
     price INT NOT NULL, name VARCHAR(80) NOT NULL)`,
  `INSERT INTO products SELECT n, CONCAT('sku', n), n % 7 * (n % 11), n * 17 % 500, REPEAT('n', n % 70)
     FROM ${digits(3)}`,
  `CREATE TABLE visits (id INT PRIMARY KEY, person_id INT NOT NULL, page INT NOT NULL, seconds INT NOT NULL)`,
  `INSERT INTO visits SELECT n, n * 3 % 6000, n % 400 * (n % 3), n * 7919 % 100003
     FROM ${digits(6)} WHERE n < 280000`,
  "ANALYZE TABLE people, orders, items, products, visits",
];

// Statement, then what is wished for: `table (columns)`.
const cases = [
  // Equality, on uniform and on skewed values.
  ["SELECT * FROM people WHERE email = 'p77@example.com'", "people (email)"],
  ["SELECT * FROM people WHERE score = 500", "people (score)"],
  ["SELECT * FROM people WHERE country = 'is'", "people (country)"],
  ["SELECT * FROM people WHERE country = 'us'", "people (country)"],
  ["SELECT * FROM people WHERE country = 'de' AND score = 10", "people (country, score)"],
  ["SELECT * FROM orders WHERE status = 'lost'", "orders (status)"],
  ["SELECT * FROM orders WHERE status = 'new' AND person_id = 5", "orders (person_id, status)"],
  ["SELECT * FROM orders WHERE status IN ('new', 'lost')", "orders (status)"],
  ["SELECT * FROM people WHERE boss IS NULL", "people (boss)"],
  ["SELECT * FROM people WHERE boss = 7", "people (boss)"],
  // Ranges, narrow and wide.
  ["SELECT * FROM orders WHERE total > 4990", "orders (total)"],
  ["SELECT * FROM orders WHERE total > 10", "orders (total)"],
  ["SELECT * FROM orders WHERE total BETWEEN 100 AND 140", "orders (total)"],
  ["SELECT * FROM people WHERE born < '1950-06-01'", "people (born)"],
  ["SELECT * FROM people WHERE email LIKE 'p12%'", "people (email)"],
  ["SELECT * FROM people WHERE email LIKE '%12'", "people (email)"],
  ["SELECT * FROM people WHERE country = 'fr' AND born > '1990-01-01'", "people (country, born)"],
  ["SELECT * FROM orders WHERE placed > '2024-02-01' AND total < 50", "orders (total, placed)"],
  [
    "SELECT * FROM orders WHERE total = 31 OR person_id = 13",
    "orders (total)",
    "orders (person_id)",
  ],
  ["SELECT * FROM people WHERE score IN (1, 50, 900, 901, 902)", "people (score)"],
  // Covering.
  ["SELECT total FROM orders WHERE total > 10", "orders (total)"],
  ["SELECT COUNT(*) FROM people", "people (score)"],
  ["SELECT country, COUNT(*) FROM people GROUP BY country", "people (country)"],
  ["SELECT person_id, SUM(total) FROM orders GROUP BY person_id", "orders (person_id, total)"],
  ["SELECT DISTINCT status FROM orders", "orders (status)"],
  ["SELECT MAX(total) FROM orders WHERE status = 'new'", "orders (status, total)"],
  // Order and limit.
  ["SELECT * FROM orders ORDER BY total LIMIT 10", "orders (total)"],
  ["SELECT * FROM orders ORDER BY total", "orders (total)"],
  [
    "SELECT * FROM orders WHERE status = 'done' ORDER BY total DESC LIMIT 5",
    "orders (status, total)",
  ],
  ["SELECT * FROM people WHERE country = 'de' ORDER BY born LIMIT 20", "people (country, born)"],
  ["SELECT id FROM people ORDER BY score, born", "people (score, born)"],
  // Joins.
  [
    "SELECT * FROM people p JOIN orders o ON o.person_id = p.id WHERE p.email = 'p9@example.com'",
    "orders (person_id)",
  ],
  [
    "SELECT * FROM people p JOIN orders o ON o.person_id = p.id WHERE p.email = 'p9@example.com'",
    "orders (person_id)",
    "people (email)",
  ],
  ["SELECT p.id, o.total FROM people p JOIN orders o ON o.person_id = p.id", "orders (person_id)"],
  [
    "SELECT * FROM orders o JOIN items i ON i.order_id = o.id WHERE o.total > 4980",
    "items (order_id)",
    "orders (total)",
  ],
  [
    "SELECT * FROM items i JOIN products p ON p.id = i.product_id WHERE p.sku = 'sku77'",
    "items (product_id)",
  ],
  [
    "SELECT p.category, SUM(i.quantity) FROM items i JOIN products p ON p.id = i.product_id WHERE p.category = 30 GROUP BY p.category",
    "products (category)",
    "items (product_id, quantity)",
  ],
  [
    "SELECT * FROM people p JOIN orders o ON o.person_id = p.id JOIN items i ON i.order_id = o.id WHERE p.country = 'is'",
    "people (country)",
    "orders (person_id)",
    "items (order_id)",
  ],
  [
    "SELECT * FROM people p LEFT JOIN orders o ON o.person_id = p.id AND o.status = 'lost' WHERE p.score < 5",
    "orders (person_id, status)",
    "people (score)",
  ],
  ["SELECT * FROM people a JOIN people b ON b.boss = a.id WHERE a.score = 3", "people (boss)"],
  // Subqueries.
  [
    "SELECT * FROM people WHERE id IN (SELECT person_id FROM orders WHERE total > 4995)",
    "orders (total)",
  ],
  [
    "SELECT * FROM people p WHERE EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id AND o.status = 'lost')",
    "orders (person_id, status)",
  ],
  [
    "SELECT * FROM people p WHERE score > (SELECT AVG(total) FROM orders o WHERE o.person_id = p.id) AND p.country = 'is'",
    "orders (person_id)",
  ],
  [
    "SELECT * FROM people WHERE country = 'fr' UNION ALL SELECT * FROM people WHERE score = 1",
    "people (country)",
    "people (score)",
  ],
  // Changes are planned, not made.
  ["UPDATE orders SET note = 'x' WHERE total = 31", "orders (total)"],
  ["DELETE FROM items WHERE order_id = 7", "items (order_id)"],
  // In a sample.
  ["SELECT * FROM visits WHERE seconds < 300", "visits (seconds)"],
  ["SELECT * FROM visits WHERE seconds > 5000", "visits (seconds)"],
  ["SELECT page, COUNT(*) FROM visits GROUP BY page", "visits (page)"],
];

/** The steps of a plan, one a line; estimates and conditions are left out. */
function shape(node, depth = 0) {
  const own = [node.operation, node.relation, node.alias, node.index].filter(Boolean).join(" ");
  return ["  ".repeat(depth) + own, ...node.children.map((child) => shape(child, depth + 1))].join(
    "\n",
  );
}

const costOf = ({ totalCost, children }) => totalCost ?? children[0]?.totalCost;

async function foretellAndProve(client, session, [sql, ...wishes], number) {
  const indexes = wishes.map((wish, i) => {
    const [table, ...rest] = wish.split(" ");
    return { name: `truth_${number}_${i}`, table, columns: rest.join(" ") };
  });
  const ddl = indexes.map(
    ({ name, table, columns }) => `CREATE INDEX ${name} ON ${table} ${columns}`,
  );
  const answer = await client.request("whatif/indexes", {
    sessionId: session,
    sql,
    indexes: ddl,
    method: "copy",
  });
  for (const statement of ddl) await client.rows(session, statement);
  const { tree } = await client.request("plan/explain", { sessionId: session, sql });
  for (const { name, table } of indexes)
    await client.rows(session, `DROP INDEX ${name} ON ${table}`);
  return {
    sql,
    answer,
    foretold: shape(answer.after.tree.root),
    real: shape(tree.root),
    cost: costOf(answer.after.tree.root) / costOf(tree.root),
  };
}

/** Says what was measured; the results that did not come true. */
function report(t, name, results) {
  const wrong = results.filter(({ foretold, real }) => foretold !== real);
  for (const { sql, foretold, real, answer } of wrong)
    t.diagnostic(
      ["", `not as foretold: ${sql}`, "foretold:", foretold, "real:", real, ...answer.notices].join(
        "\n",
      ),
    );
  const count = results.length;
  t.diagnostic(`${name}: ${count - wrong.length} of ${count} shapes as foretold`);
  const costs = results.filter(({ cost, answer }) => Number.isFinite(cost) && !sampled(answer));
  const near = costs.filter(({ cost }) => cost > 0.8 && cost < 1.25);
  t.diagnostic(`${name}: ${near.length} of ${costs.length} costs within 20 %`);
  return wrong;
}

const sampled = ({ notices }) => notices.some((text) => text.includes("one row in"));
const checksums = async (client) =>
  await client.rows("s", "CHECKSUM TABLE people, orders, items, products, visits");
const scratches = async (client) => await client.rows("s", "SHOW DATABASES LIKE 'mydba\\_whatif%'");

async function prove(t, name, url) {
  const client = new Client();
  t.after(() => client.end());
  await client.open("s", url);
  const fresh = [`DROP DATABASE IF EXISTS ${database}`, `CREATE DATABASE ${database}`];
  for (const sql of [...fresh, `USE ${database}`, ...schema]) await client.rows("s", sql);
  const before = [await checksums(client), await scratches(client)];
  const results = [];
  for (const [i, one] of cases.entries()) results.push(await foretellAndProve(client, "s", one, i));
  const wrong = report(t, name, results);
  assert.ok(results.length >= 40);
  assert.ok(wrong.length <= 0.1 * results.length, `${wrong.length} shapes were not as foretold`);
  assert.equal(results.filter(({ answer }) => sampled(answer)).length, 3, "visits was sampled");
  assert.deepEqual([await checksums(client), await scratches(client)], before);
  await client.rows("s", `DROP DATABASE ${database}`);
}

describe("foretold plans come true", { concurrency: true }, () => {
  for (const [name, url] of servers)
    test(name, { skip: !url && "no server" }, (t) => prove(t, name, url));
});
