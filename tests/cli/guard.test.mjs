// `mydba guard check`: verdicts on statements before they run.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { mydba } from "./run.mjs";

const check = (input, ...flags) => mydba(["guard", "check", ...flags], { input });

test("people get the decision, the risk and the reasons", async () => {
  const { stdout, status } = await check(
    "DELETE FROM orders",
    "--dialect=postgres",
    "--environment=prod",
    "--allow-destructive",
  );
  assert.equal(
    stdout,
    "confirm, risk critical; the confirmation must be typed\n" +
      "  delete-without-where: DELETE without a WHERE removes every row of orders (at byte 0)\n",
  );
  assert.equal(status, 0);
});

test("json has exactly the contract's members", async () => {
  const { stdout } = await check("SELECT 1; DROP TABLE t", "--dialect=mysql", "--json");
  const verdict = JSON.parse(stdout);
  assert.deepEqual(Object.keys(verdict).sort(), ["decision", "reasons", "risk"]);
  assert.equal(verdict.decision, "block");
  assert.equal(verdict.risk, "critical");
  assert.deepEqual(
    verdict.reasons.map((reason) => reason.id),
    ["several-statements", "drop", "chained-destructive"],
  );
  assert.equal(verdict.reasons[0].message, "2 statements, 1 of them destructive");
  assert.equal(verdict.reasons[2].position, 10);
});

test("the environment decides, and production can be told to ask", async () => {
  const sql = "DELETE FROM orders WHERE id = 1";
  for (const [flags, decision] of [
    [["--environment=dev"], "allow"],
    [["--environment=staging"], "confirm"],
    [["--environment=prod"], "block"],
    [["--environment=prod", "--allow-destructive"], "confirm"],
    [["--environment=dev", "--read-only"], "block"],
    [["--environment=prod", "--allow-destructive", "--read-only"], "block"],
  ]) {
    const { stdout } = await check(sql, "--dialect=sqlite", "--json", ...flags);
    assert.equal(JSON.parse(stdout).decision, decision, flags.join(" "));
  }
});

test("jsonl answers each line in order with its id, and goes on after a bad one", async () => {
  const input = [
    '{"id":1,"sql":"SELECT 1"}',
    "not json",
    '{"id":"b","sql":"FLUSHALL","dialect":"redis"}',
    '{"id":3}',
    '{"id":4,"sql":"SELECT 1","dialect":"cobol"}',
    '{"id":5,"sql":"SELECT \'DROP TABLE t\'"}',
  ].join("\n");
  const { stdout, status } = await check(input, "--jsonl", "--dialect=postgres");
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines[0], { id: 1, decision: "allow", risk: "low", reasons: [] });
  assert.ok(lines[1].error);
  assert.equal(lines[2].id, "b");
  assert.equal(lines[2].decision, "confirm");
  assert.equal(lines[2].risk, "critical");
  assert.equal(lines[3].error.code, "invalidParams");
  assert.equal(lines[4].error.code, "invalidParams");
  assert.equal(lines[5].decision, "allow");
  assert.equal(status, 2);
});

test("--fail-on sets the status; without it a block is status 1", async () => {
  for (const [sql, flags, status] of [
    ["SELECT 1", [], 0],
    ["DROP TABLE t", [], 0],
    ["DROP TABLE t", ["--environment=prod"], 1],
    ["DROP TABLE t", ["--fail-on=confirm"], 1],
    ["DROP TABLE t", ["--fail-on=critical"], 1],
    ["CALL p()", ["--fail-on=critical"], 0],
    ["CALL p()", ["--fail-on=medium"], 1],
    ["SELECT * FROM a, b", ["--fail-on=low"], 0],
  ])
    assert.equal((await check(sql, "--dialect=mysql", ...flags)).status, status, sql + flags);
  const lines = '{"id":1,"sql":"DROP TABLE t"}\n';
  assert.equal((await check(lines, "--jsonl")).status, 0);
  assert.equal((await check(lines, "--jsonl", "--fail-on=confirm")).status, 1);
});

test("wrong usage says what is right, with status 2", async () => {
  for (const [flag, hint] of [
    ["--dialect=cobol", /unknown dialect "cobol"; postgres, mysql/],
    ["--environment=moon", /unknown environment "moon"; dev, staging or prod/],
    ["--fail-on=maybe", /--fail-on takes/],
    ["--nonsense", /unknown flag/],
  ]) {
    const { status, stderr } = await check("SELECT 1", flag);
    assert.equal(status, 2, flag);
    assert.match(stderr, hint);
  }
});

test("a file is read, and no control character of it reaches the terminal", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-guard-"));
  try {
    const file = path.join(folder, "script.sql");
    writeFileSync(file, 'DROP TABLE "a\u001b[31mb"');
    const { stdout, status } = await mydba(["guard", "check", "--dialect=postgres", file]);
    assert.equal(status, 0);
    assert.match(stdout, /^confirm, risk critical\n/);
    assert.ok(!stdout.includes("\u001b"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("10 MB of text are judged, and the next line still runs", async () => {
  const long = "SELECT 1 FROM t WHERE a IN (" + "1,".repeat(5 << 20) + "1)";
  const input = `${JSON.stringify({ id: 1, sql: long })}\n{"id":2,"sql":"SELECT 1"}\n`;
  const { stdout, status } = await check(input, "--jsonl", "--dialect=postgres");
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).decision),
    ["allow", "allow"],
  );
  assert.equal(status, 0);
});

test("text that is not UTF-8 is refused", async () => {
  const { status, stderr } = await check(Buffer.from([0x22, 0xff]));
  assert.equal(status, 2);
  assert.match(stderr, /^mydba: guard check: the text is not UTF-8/);
});
