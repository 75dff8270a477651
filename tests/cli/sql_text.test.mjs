// `mydba sql classify|fingerprint|anonymize`: text in, facts out; no server.
import assert from "node:assert/strict";
import { test } from "node:test";

import { mydba } from "./run.mjs";

const COMMANDS = ["classify", "fingerprint", "anonymize", "fill"];

/** Answers to `lines`, each an object or a text that is not even JSON. */
async function ask(command, lines, ...flags) {
  const input = lines
    .map((line) => (typeof line === "string" ? line : JSON.stringify(line)))
    .join("\n");
  const { stdout, status } = await mydba(["sql", command, "--jsonl", ...flags], { input });
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { answers, status };
}

test("classify names kind, effect, filter and tables of each statement", async () => {
  const { answers } = await ask(
    "classify",
    [
      { id: "a", sql: "SELECT * FROM s.t JOIN u ON t.i = u.i; DELETE FROM t WHERE 'a' = 'WHERE'" },
      { id: "b", sql: "WITH d AS (DELETE FROM t RETURNING *) SELECT pg_sleep(1) FROM d" },
      { id: "c", sql: "UPDATE t SET a = 1 WHERE id = 2" },
      { id: "d", sql: "FLUSHALL", dialect: "redis" },
    ],
    "--dialect=postgres",
  );
  const [select, remove] = answers[0].statements;
  assert.deepEqual(select, {
    kind: "select",
    destructive: false,
    readOnly: true,
    hasWhere: false,
    tables: ["s.t", "u"],
    start: 0,
    end: 37,
  });
  assert.deepEqual([remove.kind, remove.destructive, remove.hasWhere], ["delete", true, true]);
  const [cte] = answers[1].statements;
  assert.deepEqual([cte.kind, cte.destructive, cte.readOnly], ["select", true, false]);
  const [update] = answers[2].statements;
  assert.deepEqual([update.destructive, update.readOnly], [false, false]);
  assert.equal(answers[3].statements[0].kind, "flushall");
  assert.equal(answers[3].statements[0].destructive, true);
});

test("fingerprints are the same for the same query", async () => {
  const { answers, status } = await ask(
    "fingerprint",
    [
      { id: 1, sql: "SELECT * FROM t WHERE a IN (1, 2)" },
      { id: 2, sql: "select *\nfrom T where A in ('x') -- why" },
      { id: 3, sql: "SELECT * FROM u WHERE a IN (1, 2)" },
      { id: 4, sql: "GET a", dialect: "redis" },
    ],
    "--dialect=postgres",
  );
  assert.equal(status, 0);
  assert.equal(answers[0].fingerprint, "select * from t where a in (?)");
  assert.match(answers[0].hash, /^[0-9a-f]{16}$/);
  assert.deepEqual({ ...answers[1], id: 1 }, answers[0]);
  assert.notEqual(answers[2].hash, answers[0].hash);
  assert.equal(answers[3].fingerprint, "get ?");
});

test("anonymised text has no values in it and the same fingerprint", async () => {
  const sql = "SELECT u.name FROM users u WHERE u.mail = 'ann@example.org' AND u.age > 41 -- Ann";
  const { answers } = await ask("anonymize", [{ id: 1, sql }]);
  assert.deepEqual(answers, [
    { id: 1, sql: "SELECT u.name FROM users u WHERE u.mail = '?' AND u.age > 1" },
  ]);
  const { answers: prints } = await ask("fingerprint", [{ sql }, { sql: answers[0].sql }]);
  assert.deepEqual(prints[0], prints[1]);
  const { answers: tagged } = await ask("anonymize", [{ sql }], "--template");
  assert.deepEqual(tagged, [{ sql: "SELECT c1.c2 FROM t1 c1 WHERE c1.c3 = '?' AND c1.c4 > 1" }]);
});

test("a bad line gets its error and the next one still runs", async () => {
  for (const command of COMMANDS) {
    const { answers, status } = await ask(command, [
      "not json",
      { id: 2 },
      { id: 3, sql: "SELECT 1", dialect: "klingon" },
      { id: 4, sql: "SELECT 1" },
    ]);
    assert.equal(status, 2);
    assert.deepEqual(
      answers.map((answer) => [answer.id, answer.error?.code]),
      [
        [undefined, "invalidParams"],
        [2, "invalidParams"],
        [3, "invalidParams"],
        [4, undefined],
      ],
    );
  }
});

test("people get text, with the terminal's control characters escaped", async () => {
  const input = "SELECT 'a' FROM \"\u001b[31m\"";
  for (const command of COMMANDS) {
    const { stdout, status } = await mydba(["sql", command], { input });
    assert.equal(status, 0);
    assert.ok(!stdout.includes("\u001b"), stdout);
    const { stdout: json } = await mydba(["sql", command, "--json"], { input });
    assert.ok(JSON.parse(json), json);
  }
});

test("text that is not UTF-8 is refused", async () => {
  const { status, stderr } = await mydba(["sql", "fingerprint"], {
    input: Buffer.from([0x22, 0xff]),
  });
  assert.equal(status, 2);
  assert.match(stderr, /^mydba: sql fingerprint: the text is not UTF-8/);
});

test("sql fill puts sample values in place of placeholders and counts them", async () => {
  const { answers } = await ask("fill", [
    { id: 1, sql: "SELECT * FROM t WHERE id IN (...) LIMIT ?", dialect: "mysql" },
    { id: 2, sql: "SELECT 1" },
  ]);
  assert.deepEqual(answers, [
    { id: 1, sql: "SELECT * FROM t WHERE id IN (1) LIMIT 10", parameters: 2 },
    { id: 2, sql: "SELECT 1", parameters: 0 },
  ]);
});
