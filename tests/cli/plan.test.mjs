// `mydba plan grade` and `mydba plan diff`: saved plans without a server.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { mydba } from "./run.mjs";

const scan = (rows) => ({
  "Node Type": "Seq Scan",
  "Relation Name": "orders",
  Alias: "orders",
  "Startup Cost": 0,
  "Total Cost": rows / 10,
  "Plan Rows": rows,
  "Plan Width": 8,
  Filter: "(status = 'new'::text)",
});
const lookup = {
  ...scan(20),
  "Node Type": "Index Scan",
  "Index Name": "orders_status",
  "Index Cond": "(status = 'new'::text)",
  Filter: undefined,
};

let folder;
const file = (name) => path.join(folder, name);
const save = (name, plan) => writeFileSync(file(name), JSON.stringify([{ Plan: plan }]));

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-plan-"));
  save("scan.json", scan(50_000));
  save("small.json", scan(500));
  save("index.json", lookup);
  writeFileSync(file("none.txt"), "SELECT 1;\n");
});
after(() => rmSync(folder, { recursive: true, force: true }));

const golden = (name) => path.join(import.meta.dirname, "golden", name);
const ids = ({ findings }) => findings.map(({ id }) => id);

test("a saved plan is graded as explain does, with the contract's members", async () => {
  const { status, stdout } = await mydba(["plan", "grade", file("scan.json"), "--json"]);
  assert.equal(status, 0);
  const graded = JSON.parse(stdout);
  assert.deepEqual(Object.keys(graded).sort(), [
    "engine",
    "findings",
    "summary",
    "tree",
    "version",
  ]);
  assert.equal(graded.engine, "postgres");
  assert.ok(ids(graded).includes("full-table-scan"));
  const text = await mydba(["plan", "grade", file("scan.json")]);
  assert.match(text.stdout, /^Seq Scan on orders {2}\(cost 5000\.0, rows ~50,000\)\n/);
});

test("--version names the server, stdin is read, --fail-on sets the status", async () => {
  const plan = readFileSync(file("scan.json"), "utf8");
  const { stdout } = await mydba(["plan", "grade", "-", "--version", "17.2", "--json"], {
    input: plan,
  });
  assert.equal(JSON.parse(stdout).version, "17.2");
  assert.equal((await mydba(["plan", "grade", file("scan.json"), "--fail-on=warning"])).status, 1);
  assert.equal((await mydba(["plan", "grade", file("scan.json"), "--fail-on=critical"])).status, 0);
});

test("thresholds are changed by name, and an unknown one is refused", async () => {
  const grade = async (...flags) =>
    mydba(["plan", "grade", file("small.json"), "--json", ...flags]);
  assert.ok(!ids(JSON.parse((await grade()).stdout)).includes("full-table-scan"));
  const lower = await grade("--threshold", "full-table-scan.rows=100");
  assert.ok(ids(JSON.parse(lower.stdout)).includes("full-table-scan"));
  for (const wrong of ["full-table-scan.nonsense=1", "full-table-scan.rows=x", "rows"]) {
    const refused = await grade("--threshold", wrong);
    assert.equal(refused.status, 2, wrong);
    assert.match(refused.stderr, /^mydba: plan grade: .*threshold/);
  }
});

test("--sarif gives a log of version 2.1.0 with each finding's rule and level", async () => {
  const { stdout } = await mydba(["plan", "grade", file("scan.json"), "--sarif"]);
  const log = JSON.parse(stdout);
  assert.equal(log.version, "2.1.0");
  const [run] = log.runs;
  const rules = new Map(run.tool.driver.rules.map((rule) => [rule.id, rule]));
  assert.ok(run.results.length > 0);
  for (const result of run.results) {
    assert.match(rules.get(result.ruleId).helpUri, /^https:\/\//);
    assert.match(result.level, /^(note|warning|error)$/);
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, file("scan.json"));
  }
});

test("a diff says what became of each step and which plan is cheaper", async () => {
  const diff = async (...args) => mydba(["plan", "diff", ...args]);
  const { status, stdout } = await diff(file("scan.json"), file("index.json"), "--json");
  assert.equal(status, 0);
  const { changes, verdict } = JSON.parse(stdout);
  assert.equal(verdict.outcome, "better");
  assert.equal(verdict.factor, 2500);
  assert.equal(verdict.measured, false);
  assert.equal(changes[0].kind, "replaced");
  const text = await diff(file("scan.json"), file("index.json"));
  assert.match(text.stdout, /≠ Seq Scan on orders became Index Scan on orders using orders_status/);
  const same = await diff(file("scan.json"), file("scan.json"));
  assert.match(same.stdout, /^No noticeable difference: .* Both take the same steps\.\n/);
});

test("what is not a plan gets an error that says what can be read", async () => {
  const none = await mydba(["plan", "grade", file("none.txt")]);
  assert.equal(none.status, 2);
  assert.match(none.stderr, /this text holds no query plan; give the whole output of EXPLAIN/);
  assert.equal((await mydba(["plan", "grade", file("missing.json")])).status, 3);
  assert.equal((await mydba(["plan", "grade", file("scan.json"), "--engine", "x"])).status, 2);
  assert.equal((await mydba(["plan", "diff", file("scan.json")])).status, 2);
  assert.equal((await mydba(["plan", "diff", "-", "-"])).status, 2);
});

test("a measured plan of a server compares with itself", async () => {
  const library = fileURLToPath(new URL("../plans/", import.meta.url));
  const analyzed = path.join(library, "mariadb/10.11-analyzed/plan.json");
  const { stdout } = await mydba(["plan", "diff", analyzed, analyzed, "--json"]);
  const { verdict } = JSON.parse(stdout);
  assert.equal(verdict.outcome, "same");
  assert.equal(verdict.measured, true);
});

test("plans of a file's statements are collected, and what has none says why", async () => {
  const url = `sqlite:${file("collect.db")}`;
  await mydba(["query", `${url}?mode=rwc`, "CREATE TABLE orders (id INTEGER PRIMARY KEY, n INT)"]);
  writeFileSync(file("good.sql"), "SELECT * FROM orders;\nSELECT n FROM orders WHERE id = ?;\n");
  writeFileSync(file("bad.sql"), "SELECT 'Ann' FROM orders;\nSELECT * FROM gone;\nSELEC 'Ann'\n");
  const good = await mydba(["plan", "collect", url, file("good.sql")]);
  assert.equal(good.status, 0, good.stderr);
  assert.equal(good.stdout, readFileSync(golden("plan_collect_good.txt"), "utf8"));
  const bad = await mydba(["plan", "collect", url, file("bad.sql")]);
  assert.equal(bad.status, 1);
  assert.equal(bad.stdout, readFileSync(golden("plan_collect_bad.txt"), "utf8"));
  const piped = await mydba(["plan", "collect", url, "-", "--json"], {
    input: readFileSync(file("bad.sql")),
  });
  const { statements, counts } = JSON.parse(piped.stdout);
  assert.equal(statements.length, 3);
  assert.equal(counts.asked, 3);
  assert.equal(counts.explain, 1);
  assert.equal(counts.failed, 2);
});

test("collecting needs a URL, and statistics or a file", async () => {
  assert.equal((await mydba(["plan", "collect"])).status, 2);
  assert.equal((await mydba(["plan", "collect", "a", "b", "c"])).status, 2);
  assert.equal((await mydba(["plan", "collect", "sqlite:x", "--timeout", "soon"])).status, 2);
  const url = `sqlite:${file("collect.db")}`;
  const none = await mydba(["plan", "collect", url]);
  assert.equal(none.status, 3);
  assert.match(none.stderr, /SQLite counts nothing of the statements that it runs; give the/);
});
