// The public contract of the command line: output, exit statuses, errors.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "./run.mjs";

let folder;
let url;
const hostile = `a"; DROP TABLE b; -- <b>'`;

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-cli-"));
  url = `sqlite:${folder}/test.db?mode=rwc`;
  const made = await mydba([
    "query",
    url,
    `CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, price REAL);
     INSERT INTO t VALUES (1, 'one', 1.5), (2, NULL, 2), (3, '', NULL), (4, 'a,"b"
c', -0.25);
     CREATE TABLE "${hostile.replaceAll('"', '""')}"("列" TEXT);`,
  ]);
  assert.equal(made.status, 0, made.stderr);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("help and version are for people, no command is wrong usage", async () => {
  assert.equal((await mydba(["--help"])).status, 0);
  assert.match((await mydba(["--version"])).stdout, /^mydba \d+\.\d+\.\d+\n$/);
  assert.equal((await mydba([])).status, 2);
  const unknown = await mydba(["nonsense"]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /^mydba: unknown command: nonsense; see mydba --help\n$/);
});

test("help of one command, and of those that begin with a word", async () => {
  const profile = await mydba(["profile", "--help"]);
  assert.equal(profile.status, 0);
  assert.match(profile.stdout, /^  mydba profile URL SQL .*\n      runs a statement.*\n$/);
  assert.deepEqual(await mydba(["help", "profile"]), profile);
  const plans = await mydba(["plan", "--help"]);
  assert.equal(plans.status, 0);
  assert.match(plans.stdout, /^  mydba plan grade .*\n.*\n  mydba plan diff /);
  const incomplete = await mydba(["plan"]);
  assert.equal(incomplete.status, 2);
  assert.equal(incomplete.stderr, `mydba: unknown command: plan; there are\n${plans.stdout}`);
});

test("a table is aligned, numbers to the right, NULL told from empty", async () => {
  const { stdout, status } = await mydba([
    "query",
    url,
    "SELECT id, name FROM t WHERE id < 4 ORDER BY id",
  ]);
  assert.equal(status, 0);
  assert.equal(stdout, "id | name\n---+-----\n 1 | one\n 2 | NULL\n 3 | \n(3 rows)\n");
});

test("csv follows RFC 4180; NULL is empty, an empty text is quoted", async () => {
  const { stdout } = await mydba(["query", url, "SELECT * FROM t ORDER BY id", "--format", "csv"]);
  assert.equal(stdout, 'id,name,price\n1,one,1.5\n2,,2.0\n3,"",\n4,"a,""b""\nc",-0.25\n');
});

test("json is one document with rows and a summary", async () => {
  const { stdout } = await mydba([
    "query",
    url,
    "SELECT id, name FROM t WHERE id < 3 ORDER BY id; SELECT 'x' AS y",
    "--json",
  ]);
  const document = JSON.parse(stdout);
  assert.deepEqual(
    document.results.map((result) => result.rows),
    [
      [
        [1, "one"],
        [2, null],
      ],
      [["x"]],
    ],
  );
  assert.equal(document.rows, 3);
  assert.equal(document.truncated, false);
  assert.deepEqual(document.notices, []);
  assert.equal(typeof document.elapsedMs, "number");
});

test("jsonl is a row a line and the summary last", async () => {
  const { stdout } = await mydba([
    "query",
    url,
    "SELECT id, name, name FROM t WHERE id = 2",
    "--format=jsonl",
  ]);
  const [row, summary] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(row, { id: 2, name: null, name_3: null });
  assert.equal(summary.rows, 1);
});

test("sql can be run again", async () => {
  const { stdout } = await mydba([
    "query",
    url,
    "SELECT id, name FROM t ORDER BY id",
    "--format=sql",
    "--table=copy",
  ]);
  const again = await mydba([
    "query",
    url,
    `CREATE TABLE copy(id, name); ${stdout} SELECT count(*) AS n, sum(name IS NULL) AS nulls FROM copy`,
    "--json",
  ]);
  assert.deepEqual(JSON.parse(again.stdout).results.at(-1).rows, [[4, 1]]);
});

test("SQL that begins with a comment is no flag", async () => {
  const { stdout, status } = await mydba([
    "query",
    url,
    "-- how many\nSELECT count(*) AS n FROM t",
    "--format=csv",
  ]);
  assert.equal(status, 0);
  assert.equal(stdout, "n\n4\n");
});

test("--limit stops and says so", async () => {
  const { stdout } = await mydba([
    "query",
    url,
    "SELECT id FROM t ORDER BY id",
    "--limit=2",
    "--json",
  ]);
  const document = JSON.parse(stdout);
  assert.deepEqual(document.results[0].rows, [[1], [2]]);
  assert.equal(document.truncated, true);
});

test("an error has code, engine code and the position in the whole text", async () => {
  const sql = "SELECT 1; SELEC 2";
  const { stdout, stderr, status } = await mydba(["query", url, sql, "--json", "--yes"]);
  assert.equal(status, 3);
  const { error, results } = JSON.parse(stdout);
  assert.equal(error.code, "syntax");
  assert.equal(error.position, sql.indexOf("SELEC 2"));
  assert.ok(error.engineCode);
  assert.equal(results.length, 1, "what came before the error is there");
  assert.match(stderr, /^mydba: query: .+\n$/);
});

test("--read-only is held, whatever is confirmed", async () => {
  const { status, stderr } = await mydba(["query", url, "DELETE FROM t", "--read-only", "--yes"]);
  assert.equal(status, 1);
  assert.match(stderr, /read-?only/i);
  const { stdout } = await mydba(["query", url, "SELECT count(*) FROM t", "--format=csv"]);
  assert.match(stdout, /\n4\n$/);
});

test("what must be confirmed is not run without --yes, and what is blocked not at all", async () => {
  const table = "query_gate";
  await mydba(["query", url, `CREATE TABLE ${table}(a)`]);
  const prod = `${url}&environment=prod`;
  for (const [target, sql, flags, said] of [
    [url, `DROP TABLE ${table}`, [], /needs --yes: .*is removed with all/],
    [url, `SELECT 1; DROP TABLE ${table}`, ["--yes"], /blocked: .*run the statements one by one/],
    [prod, `DROP TABLE ${table}`, ["--yes"], /blocked: /],
    [prod, `UPDATE ${table} SET a = 1 WHERE a = 2`, [], /needs --yes/],
  ]) {
    const { status, stderr, stdout } = await mydba(["query", target, sql, "--json", ...flags]);
    assert.equal(status, 1, sql);
    assert.match(stderr, said);
    assert.equal(JSON.parse(stdout).error.code, "refused");
  }
  const allowed = `${prod}&allowDestructive=true`;
  assert.equal((await mydba(["query", allowed, `DROP TABLE ${table}`, "--yes"])).status, 0);
});

test("explain --analyze is held as the statement would be", async () => {
  const target = `${url}&environment=prod`;
  const { status, stderr } = await mydba(["explain", target, "DELETE FROM t", "--analyze"]);
  assert.equal(status, 1);
  assert.match(stderr, /^mydba: explain: blocked: /);
  assert.equal((await mydba(["explain", target, "DELETE FROM t"])).status, 0);
});

test("--timeout ends a statement with status 4", async () => {
  const forever =
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
  const start = performance.now();
  const { status, stderr } = await mydba(["query", url, forever, "--timeout=200ms"]);
  assert.equal(status, 4);
  assert.match(stderr, /timed out/);
  assert.ok(performance.now() - start < 5000);
});

test("Ctrl-C cancels with status 4", async () => {
  const forever =
    "SELECT 'started' AS x; WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c";
  const { status } = await mydba(["query", url, forever, "--format=csv"], {
    onStdout: (child) => child.kill("SIGINT"),
  });
  assert.equal(status, 4);
});

test("a password is never printed back", async () => {
  for (const target of [
    "postgres://u:s3cret@127.0.0.1:1/x",
    "nonsense://u:s3cret@h/x",
    "mysql://u:s3cret@127.0.0.1:1/x",
  ]) {
    const { status, stdout, stderr } = await mydba(["query", target, "SELECT 1", "--json"]);
    assert.ok(status === 3 || status === 2, target);
    assert.ok(!(stdout + stderr).includes("s3cret"), target);
    assert.ok(JSON.parse(stdout).error.code, target);
  }
});

test("wrong usage says what is right, with status 2", async () => {
  for (const args of [
    ["query"],
    ["query", url],
    ["query", url, "SELECT 1", "--format=xml"],
    ["query", url, "SELECT 1", "--limit=x"],
    ["query", url, "SELECT 1", "--timeout=soon"],
    ["tree"],
    ["explain", url],
    ["kill", url, "1"],
    ["processes"],
    ["sql", "split", "--dialect=klingon"],
    ["query", url, "SELECT 1", "--nonsense"],
    ["serve"],
  ]) {
    const { status, stderr } = await mydba(args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, /^mydba: .+/, args.join(" "));
  }
});

test("tree shows one level with paths that lead to the next", async () => {
  const level = async (...at) =>
    JSON.parse((await mydba(["tree", url, ...at, "--json"])).stdout).nodes;
  let nodes = await level();
  while (!nodes.some((node) => node.kind === "table")) nodes = await level(...nodes[0].path);
  const table = nodes.find((node) => node.name === hostile);
  assert.ok(table, "a hostile name is a name");
  const columns = await level(...table.path);
  assert.ok(columns.some((node) => node.kind === "column" && node.name === "列"));
});

test("explain draws a tree, --json has the contract's members, --fail-on sets the status", async () => {
  const sql = "SELECT * FROM t a JOIN t b ON a.name = b.name WHERE a.price > 1";
  const text = await mydba(["explain", url, sql]);
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /SCAN/);
  const document = JSON.parse((await mydba(["explain", url, sql, "--json"])).stdout);
  assert.deepEqual(Object.keys(document).sort(), [
    "engine",
    "findings",
    "summary",
    "tree",
    "version",
  ]);
  const failing = await mydba(["explain", url, sql, "--fail-on=info"]);
  assert.equal(failing.status, document.findings.length > 0 ? 1 : 0);
  assert.equal((await mydba(["explain", url, "SELEC"])).status, 3);
});

test("profile draws a time line, --json has the contract's members, --fail-on sets the status", async () => {
  const sql = "SELECT * FROM t a JOIN t b ON a.name = b.name WHERE a.price > 1";
  const text = await mydba(["profile", url, sql]);
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /^First row .*#/m);
  const strict = await mydba(["profile", url, sql, "--fail-on=info", "--json"]);
  const { stages, totals, findings } = JSON.parse(strict.stdout);
  assert.ok(stages.length > 0 && totals.totalMs > 0);
  assert.ok(findings.length > 0);
  assert.equal(strict.status, 1);
  assert.equal((await mydba(["profile", url])).status, 2);
  assert.equal((await mydba(["profile", url, "SELECT nope"])).status, 3);
  assert.equal((await mydba(["profile", url, "DELETE FROM t"])).status, 1);
});

test("processes of a file are refused with a reason", async () => {
  const { status, stderr } = await mydba(["processes", url]);
  assert.equal(status, 3);
  assert.match(stderr, /no sessions/);
});

test("sql split answers each line in order and goes on after a bad one", async () => {
  const input = [
    '{"id":1,"sql":"a;b"}',
    "not json",
    '{"id":2}',
    "",
    '{"id":3,"sql":"select $$;$$;x","dialect":"postgres"}',
    '"\\ud800"',
    Buffer.from([0x22, 0xff, 0x22]).toString("latin1"),
  ].join("\n");
  const { stdout, status } = await mydba(["sql", "split", "--jsonl"], { input });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines[0], {
    id: 1,
    ranges: [
      [0, 1],
      [2, 3],
    ],
  });
  assert.equal(lines[1].error.code, "invalidParams");
  assert.equal(lines[2].id, 2);
  assert.ok(lines[2].error);
  assert.deepEqual(lines[3], {
    id: 3,
    ranges: [
      [0, 12],
      [13, 14],
    ],
  });
  assert.equal(lines.length, 6);
  assert.equal(status, 2);
});

test("a line of 100 MB gets an error and the next one still runs", async () => {
  const input = `{"id":1,"sql":"${"x".repeat(100 << 20)}"}\n{"id":2,"sql":"y"}\n`;
  const { stdout } = await mydba(["sql", "split", "--jsonl"], { input });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(lines[0].error.code, "tooLarge");
  assert.deepEqual(lines[1], { id: 2, ranges: [[0, 1]] });
});

test("sql split reads a file", async () => {
  const file = path.join(folder, "script.sql");
  writeFileSync(
    file,
    "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;\nSELECT 2;",
  );
  const { stdout } = await mydba(["sql", "split", "--dialect=mysql", "--json", file]);
  assert.equal(JSON.parse(stdout).ranges.length, 2);
});

const postgres = process.env.MYDBA_TEST_POSTGRES;
test(
  "what an engine refuses exits like what the gate refuses, and a server's refusal does not",
  { skip: postgres ? false : "MYDBA_TEST_POSTGRES is not set" },
  async () => {
    const taking = "SELECT pg_advisory_lock(7)";
    for (const [command, said] of [
      [["explain", postgres, taking, "--analyze"], /needs --yes/],
      [["explain", postgres, taking, "--analyze", "--yes"], /a rollback does not take back/],
      [["profile", postgres, taking, "--yes"], /a rollback does not take back/],
    ]) {
      const { status, stdout, stderr } = await mydba([...command, "--json"]);
      assert.match(stderr, said);
      assert.equal(status, 1, command.join(" "));
      assert.equal(JSON.parse(stdout).error.code, "refused");
    }
    const held = "SET default_transaction_read_only = on; CREATE TABLE never_made (a int)";
    const { status, stdout } = await mydba(["query", postgres, held, "--json", "--yes"]);
    const { error } = JSON.parse(stdout);
    assert.deepEqual([status, error.code, error.engineCode], [3, "refused", "25006"]);
  },
);

for (const [name, variable, sleep] of [
  ["PostgreSQL", "MYDBA_TEST_POSTGRES", "SELECT pg_sleep(100)"],
  ["MySQL", "MYDBA_TEST_MYSQL", "SELECT sleep(100)"],
  ["MariaDB", "MYDBA_TEST_MARIADB", "SELECT sleep(100)"],
]) {
  const server = process.env[variable];
  test(
    `${name}: a sleeping query is found in the process list and killed`,
    server ? {} : { skip: `${variable} is not set` },
    async () => {
      const sleeping = mydba(["query", server, sleep, "--yes"]);
      let found;
      for (let tries = 0; tries < 100 && !found; ++tries) {
        const { stdout } = await mydba(["processes", server, "--json"]);
        const document = JSON.parse(stdout);
        assert.ok(Array.isArray(document.locks) && Array.isArray(document.chains));
        found = document.processes.find(
          (process) => process.active && process.sql?.includes(sleep),
        );
      }
      assert.ok(found, "in the process list");
      const killed = await mydba(["kill", server, found.id, "--connection", "--json"]);
      assert.deepEqual(JSON.parse(killed.stdout), { killed: true });
      assert.notEqual((await sleeping).status, 0);
    },
  );
}
