// The numbers of MariaDB's measured plans are right: own times add up to the whole, and rows, reads
// and loops of steps are those that COUNT finds.
//
// The server writes averages over the loops with eleven digits (Json_writer::add_double), and the
// rows that a filter keeps in per cent. Multiplied again that is off by at most a few units of the
// tenth digit, thus by less than `rounding` of itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Client } from "./client.mjs";

const servers = [
  ["MariaDB", process.env.MYDBA_TEST_MARIADB],
  ["MariaDB 11.8", process.env.MYDBA_TEST_MARIADB_11_8],
];
const database = "mydba_counts";
const rounding = 1e-9;

const digits = (n) =>
  `(SELECT ${Array.from({ length: n }, (_, i) => `d${i}.d * ${10 ** i}`).join(" + ")} AS n FROM ` +
  `${Array.from({ length: n }, (_, i) => `digits d${i}`).join(", ")}) AS numbers`;
// Computed, not random. The numbers of parts differ, so that averages over loops are no integers.
const schema = [
  "CREATE TABLE digits (d INT PRIMARY KEY)",
  "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
  "CREATE TABLE kinds (id INT PRIMARY KEY, word VARCHAR(10) NOT NULL, rank_no INT NOT NULL)",
  `INSERT INTO kinds SELECT n, CONCAT('k', n), n * 7 % 13 FROM ${digits(2)} WHERE n < 37`,
  `CREATE TABLE boxes (id INT PRIMARY KEY, kind INT NOT NULL, size INT NOT NULL, weight INT,
     KEY boxes_size (size))`,
  `INSERT INTO boxes SELECT n, n * n % 37, n * 7919 % 1009, IF(n % 3, n % 101, NULL)
     FROM ${digits(4)} WHERE n < 2000`,
  `CREATE TABLE parts (id INT PRIMARY KEY AUTO_INCREMENT, box INT NOT NULL, price INT NOT NULL,
     maker INT NOT NULL, KEY parts_box (box))`,
  `INSERT INTO parts (box, price, maker) SELECT n * n % 2000, n * 31 % 503, n * 17 % 37
     FROM ${digits(4)} WHERE n < 9001`,
  "CREATE TABLE marks (id INT PRIMARY KEY, part INT NOT NULL, stars INT NOT NULL, KEY marks_part (part))",
  `INSERT INTO marks SELECT n, n * 13 % 9001, n % 6 FROM ${digits(4)} WHERE n < 7000`,
  "ANALYZE TABLE kinds, boxes, parts, marks PERSISTENT FOR ALL",
];

// A family of statements: `sql` of a number, and what COUNT must say of steps, found by the alias of
// their table (or by their operation): rows that they give, rows that they read, loops.
const families = {
  "scan with a filter": (n) => ({
    sql: `SELECT * FROM boxes b WHERE b.weight < ${n}`,
    rows: { b: `boxes b WHERE b.weight < ${n}` },
    read: { b: "boxes" },
  }),
  "range of an index": (n) => ({
    sql: `SELECT * FROM boxes b FORCE INDEX (boxes_size) WHERE b.size < ${n} AND b.kind < 30`,
    rows: { b: `boxes b WHERE b.size < ${n} AND b.kind < 30` },
    read: { b: `boxes b WHERE b.size < ${n}` },
  }),
  "join by an index": (n) => {
    const from = `boxes b JOIN parts p ON p.box = b.id`;
    return {
      sql: `SELECT STRAIGHT_JOIN * FROM ${from} WHERE b.size < ${n} AND p.price < 300`,
      rows: {
        b: `boxes b WHERE b.size < ${n}`,
        p: `${from} WHERE b.size < ${n} AND p.price < 300`,
      },
      read: { p: `${from} WHERE b.size < ${n}` },
      loops: { p: `boxes b WHERE b.size < ${n}` },
    };
  },
  "join of three": (n) => {
    const two = `boxes b JOIN parts p ON p.box = b.id`;
    const where = `WHERE b.size < ${n} AND p.maker <> 3`;
    return {
      sql: `SELECT STRAIGHT_JOIN * FROM ${two} JOIN marks m ON m.part = p.id ${where} AND m.stars > 1`,
      rows: {
        p: `${two} ${where}`,
        m: `${two} JOIN marks m ON m.part = p.id ${where} AND m.stars > 1`,
      },
      read: { m: `${two} JOIN marks m ON m.part = p.id ${where}` },
      loops: { m: `${two} ${where}` },
    };
  },
  "join by a buffer": (n) => ({
    sql: `SELECT STRAIGHT_JOIN * FROM kinds k JOIN boxes b IGNORE INDEX (boxes_size) ON b.kind = k.rank_no WHERE b.size < ${n}`,
    rows: {
      k: "kinds",
      b: `boxes b WHERE b.size < ${n}`,
      "Block nested loop join": `kinds k JOIN boxes b ON b.kind = k.rank_no WHERE b.size < ${n}`,
    },
    read: { b: "boxes" },
  }),
  "outer join": (n) => ({
    sql: `SELECT STRAIGHT_JOIN * FROM boxes b LEFT JOIN parts p ON p.box = b.id WHERE b.size < ${n}`,
    rows: { b: `boxes b WHERE b.size < ${n}` },
    read: { p: `boxes b JOIN parts p ON p.box = b.id WHERE b.size < ${n}` },
    loops: { p: `boxes b WHERE b.size < ${n}` },
  }),
  "sub-query of the select list": (n) => {
    const from = `boxes b JOIN parts p ON p.box = b.id WHERE b.size < ${n}`;
    return {
      sql: `SELECT b.id, (SELECT MAX(p.price) FROM parts p WHERE p.box = b.id AND p.maker < 20) FROM boxes b WHERE b.size < ${n}`,
      rows: { b: `boxes b WHERE b.size < ${n}`, p: `${from} AND p.maker < 20` },
      read: { p: from },
      loops: { p: `boxes b WHERE b.size < ${n}` },
    };
  },
  "sub-query of the condition": (n) => ({
    sql: `SELECT * FROM boxes b WHERE b.size < ${n} AND b.weight < (SELECT COUNT(*) * 9 FROM parts p WHERE p.box = b.id)`,
    rows: {
      p: `boxes b JOIN parts p ON p.box = b.id WHERE b.size < ${n} AND b.weight IS NOT NULL`,
    },
  }),
  "derived table": (n) => ({
    sql: `SELECT * FROM (SELECT b.kind, COUNT(*) c FROM boxes b WHERE b.size < ${n} GROUP BY b.kind) x`,
    rows: {
      b: `boxes b WHERE b.size < ${n}`,
      "<derived2>": `(SELECT DISTINCT kind FROM boxes WHERE size < ${n}) y`,
    },
  }),
  "derived table in a join": (n) => {
    const x = `(SELECT p.box, SUM(p.price) s FROM parts p WHERE p.price < ${n} GROUP BY p.box) x`;
    return {
      sql: `SELECT STRAIGHT_JOIN * FROM ${x} JOIN boxes b ON b.id = x.box WHERE b.kind < 20`,
      rows: {
        p: `parts p WHERE p.price < ${n}`,
        b: `${x} JOIN boxes b ON b.id = x.box WHERE b.kind < 20`,
      },
    };
  },
  "union of all": (n) => ({
    sql: `SELECT b.id FROM boxes b WHERE b.size < ${n} UNION ALL SELECT p.id FROM parts p WHERE p.price < ${n}`,
    rows: { b: `boxes b WHERE b.size < ${n}`, p: `parts p WHERE p.price < ${n}` },
  }),
  "union without duplicates": (n) => ({
    sql: `SELECT b.kind FROM boxes b WHERE b.size < ${n} UNION SELECT p.maker FROM parts p WHERE p.price < ${n}`,
    rows: {
      b: `boxes b WHERE b.size < ${n}`,
      p: `parts p WHERE p.price < ${n}`,
      Union: `(SELECT kind FROM boxes WHERE size < ${n} UNION SELECT maker FROM parts WHERE price < ${n}) u`,
    },
  }),
  sort: (n) => ({
    sql: `SELECT * FROM parts p WHERE p.price < ${n} ORDER BY p.price, p.maker`,
    rows: { p: `parts p WHERE p.price < ${n}`, Sort: `parts p WHERE p.price < ${n}` },
  }),
  groups: (n) => ({
    sql: `SELECT p.maker, COUNT(*) FROM parts p WHERE p.price < ${n} GROUP BY p.maker ORDER BY 2 DESC`,
    rows: {
      p: `parts p WHERE p.price < ${n}`,
      Sort: `(SELECT DISTINCT maker FROM parts WHERE price < ${n}) y`,
    },
  }),
  "change of rows": (n) => ({
    sql: `UPDATE parts p SET p.price = p.price + 1 WHERE p.price < ${n} AND p.maker <> 5`,
    rows: { p: `parts p WHERE p.price < ${n} AND p.maker <> 5` },
    read: { p: "parts" },
  }),
};
const numbers = [3, 11, 47, 120, 251, 399, 640, 1009];

function* stepsOf(node) {
  yield node;
  for (const child of node.children) yield* stepsOf(child);
}

/** The step that a family speaks of: by the alias of its table, else by its operation. */
function stepOf(root, name) {
  const steps = [...stepsOf(root)];
  return (
    steps.find((step) => (step.alias ?? step.relation) === name) ??
    steps.find((step) => step.operation === name)
  );
}

/** Nothing, or what of a plan is not as COUNT says. */
async function wrongCounts(client, root, { rows = {}, read = {}, loops = {} }, done) {
  const wrong = [];
  const fields = { actualRows: rows, actualRead: read, loops };
  for (const [field, counts] of Object.entries(fields))
    for (const [name, from] of Object.entries(counts)) {
      const step = stepOf(root, name);
      const [[text]] = await client.rows("c", `SELECT COUNT(*) FROM ${from}`);
      const truth = Number(text);
      // What never ran has no rows, and says so.
      const told = step?.neverExecuted ? 0 : step?.[field];
      done.counts += 1;
      if (told === undefined) wrong.push(`${name} has no ${field}`);
      else if (Math.abs(told - truth) > rounding * truth)
        wrong.push(`${field} of ${name}: ${told}, and COUNT finds ${truth}`);
    }
  return wrong;
}

for (const [name, url] of servers)
  describe(name, { skip: url ? false : "no such server" }, () => {
    test("own times add up to the whole, and rows are those that COUNT finds", async (t) => {
      const client = new Client();
      const done = { plans: 0, counts: 0, apart: 0 };
      const wrong = [];
      try {
        await client.open("c", url);
        for (const sql of [`DROP DATABASE IF EXISTS ${database}`, `CREATE DATABASE ${database}`])
          await client.rows("c", sql);
        await client.rows("c", `USE ${database}`);
        for (const sql of schema) await client.rows("c", sql);
        for (const [family, make] of Object.entries(families))
          for (const number of numbers) {
            const one = make(number);
            const ask = { sessionId: "c", sql: one.sql, analyze: true, timeoutMs: 60000 };
            const { tree } = await client.request("plan/explain", ask);
            assert.ok(tree.analyzed);
            const told = JSON.parse(tree.raw).query_block.r_total_time_ms ?? tree.executionMs;
            if (told !== tree.executionMs) wrong.push(`${one.sql}: the server says ${told} ms`);
            const own = [...stepsOf(tree.root)].reduce((sum, { selfMs }) => sum + (selfMs ?? 0), 0);
            const apart = Math.abs(own - tree.executionMs) / tree.executionMs;
            done.plans += 1;
            done.apart = Math.max(done.apart, apart);
            if (!(apart <= 0.01)) wrong.push(`${one.sql}: ${own} of ${tree.executionMs} ms`);
            for (const what of await wrongCounts(client, tree.root, one, done))
              wrong.push(`${family}, ${number}: ${what}`);
          }
      } finally {
        await client.rows("c", `DROP DATABASE IF EXISTS ${database}`);
        await client.end();
      }
      t.diagnostic(
        `${done.plans} plans, ${done.counts} counts; own times are at most ` +
          `${(100 * done.apart).toFixed(3)} % off the whole`,
      );
      assert.deepEqual(wrong, []);
      assert.ok(done.plans >= 100);
    });
  });
