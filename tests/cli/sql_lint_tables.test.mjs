// `mydba sql lint --url`: rules on the tables of a database, beside those on the text.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "./run.mjs";

let folder;
let url;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-lint-tables-"));
  url = `sqlite:${folder}/a.db`;
  const sql = `CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INT REFERENCES customers, total REAL);
    CREATE TABLE log ("at" TEXT, line TEXT);
    CREATE TABLE "bad\u001b[31m \`name\`" (id INTEGER PRIMARY KEY);`;
  assert.equal((await mydba(["query", `${url}?mode=rwc`, sql])).status, 0);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const lint = (input, ...flags) => mydba(["sql", "lint", "--url", url, ...flags], { input });
const found = async (input, ...flags) => {
  const { stdout, status, stderr } = await lint(input, "--json", ...flags);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout).findings;
};

test("findings on the tables that statements use stand at their names, among those on the text", async () => {
  const sql = "SELECT 'ä';\nSELECT * FROM Orders o JOIN customers c ON c.id = o.customer_id;";
  const findings = await found(sql);
  assert.deepEqual(
    findings.map(({ id, start, end }) => [id, Buffer.from(sql).subarray(start, end).toString()]),
    [
      ["select-star", "*"],
      ["float-for-money", "Orders"],
      ["foreign-key-without-index", "Orders"],
    ],
  );
  assert.deepEqual(Object.keys(findings[1]).sort(), Object.keys(findings[0]).sort());
  assert.equal(findings[1].fix, null);
  assert.equal(findings[1].citation.anchor, "all/table-rules#float-for-money");
  assert.match(findings[1].message, /^`orders\.total`: It looks like money and is `REAL`/);
  assert.deepEqual(await found("DROP TABLE orders"), []);
});

test("each line of --jsonl is judged with the tables, by the connection's dialect", async () => {
  const { stdout, status } = await lint(
    '{"id":1,"sql":"SELECT line FROM log"}\n{"id":2,"sql":"SELECT id FROM orders"}\n{"id":3,"sql":"SELECT id FROM nowhere"}\n',
    "--jsonl",
    "--fail-on=warning",
  );
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .map(JSON.parse)
      .map(({ id, findings }) => [id, findings.map((finding) => finding.id)]),
    [
      [1, ["table-without-primary-key"]],
      [2, ["float-for-money", "foreign-key-without-index"]],
      [3, []],
    ],
  );
  assert.equal(status, 1);
});

test("--all-tables reads no text, and --only takes rules for tables", async () => {
  const { stdout, status } = await lint("SELECT * FROM log", "--all-tables");
  assert.equal(status, 0);
  const lines = stdout.split("\n").filter((line) => /^\w/.test(line));
  assert.deepEqual(
    lines.map((line) => line.split(":")[0]),
    [
      "info name-needs-quotes",
      "info table-without-primary-key",
      "warning float-for-money",
      "warning foreign-key-without-index",
    ],
  );
  assert.doesNotMatch(stdout, /\u001b/);
  assert.match(stdout, /\n {4}see https:\/\//);
  const only = await found("SELECT * FROM orders", "--only=float-for-money,select-star");
  assert.deepEqual(
    only.map(({ id }) => id),
    ["select-star", "float-for-money"],
  );
});

test("a file that is read stays the source in SARIF", async () => {
  const file = path.join(folder, "a.sql");
  writeFileSync(file, "\n\nSELECT line FROM log;");
  const { stdout } = await mydba(["sql", "lint", "--sarif", "--url", url, file]);
  const [{ ruleId, locations }] = JSON.parse(stdout).runs[0].results;
  assert.equal(ruleId, "table-without-primary-key");
  const { artifactLocation, region } = locations[0].physicalLocation;
  assert.equal(artifactLocation.uri, file);
  assert.deepEqual(region, { byteOffset: 19, byteLength: 3, startLine: 3 });
});

test("wrong usage and dead servers are told apart", async () => {
  for (const [flags, expected, message] of [
    [["--only=float-for-money"], 2, /float-for-money judges tables; say with --url/],
    [["--all-tables"], 2, /--all-tables needs --url/],
    [["--url", url, "--all-tables", "a.sql"], 2, /judges no text/],
    [["--url", `sqlite:${folder}/none.db`], 3, /mydba: connect: /],
  ]) {
    const { status, stderr } = await mydba(["sql", "lint", ...flags], { input: "SELECT 1" });
    assert.match(stderr, message);
    assert.equal(status, expected, stderr);
  }
});
