// `mydba sql lint`: rules on SQL text, with no server.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { mydba } from "./run.mjs";

const lint = (input, ...flags) => mydba(["sql", "lint", ...flags], { input });

test("people get line, column, severity, rule, why and the page", async () => {
  const { stdout, status } = await lint(
    "SELECT id FROM t;\nSELECT id FROM t WHERE a = NULL;\n",
    "--dialect=postgres",
  );
  assert.match(stdout, /^2:24 critical null-comparison: A comparison with NULL is never true/);
  assert.match(stdout, /\n {4}fix: Write IS NULL\n {4}see https:\/\/www\.postgresql\.org\//);
  assert.equal(status, 0);
});

test("json has exactly the contract's members, and offsets are bytes", async () => {
  const sql = "SELECT 'ä' FROM t WHERE a = NULL";
  const { stdout } = await lint(sql, "--dialect=sqlite", "--json");
  const { findings } = JSON.parse(stdout);
  assert.equal(findings.length, 1);
  assert.deepEqual(Object.keys(findings[0]).sort(), [
    "citation",
    "end",
    "fix",
    "id",
    "message",
    "severity",
    "start",
  ]);
  const bytes = Buffer.from(sql);
  const { start, end, fix, citation } = findings[0];
  assert.equal(bytes.subarray(start, end).toString(), "a = NULL");
  assert.equal(citation.anchor, "all/sql-rules#null-comparison");
  const [edit] = fix.edits;
  assert.equal(
    Buffer.concat([
      bytes.subarray(0, edit.start),
      Buffer.from(edit.text),
      bytes.subarray(edit.end),
    ]).toString(),
    "SELECT 'ä' FROM t WHERE a IS NULL",
  );
});

test("the exit status is that of --fail-on", async () => {
  for (const [sql, failOn, expected] of [
    ["SELECT * FROM t", "info", 1],
    ["SELECT * FROM t", "warning", 0],
    ["INSERT INTO t VALUES (1)", "warning", 1],
    ["DELETE FROM t", "critical", 1],
    ["SELECT a FROM t WHERE b = 1", "info", 0],
  ]) {
    const { status } = await lint(sql, "--dialect=mysql", `--fail-on=${failOn}`);
    assert.equal(status, expected, `${sql} ${failOn}`);
  }
});

test("--only applies these rules, those of style among them", async () => {
  const sql = "SELECT * FROM t x";
  const ids = async (...flags) =>
    JSON.parse((await lint(sql, "--dialect=sqlite", "--json", ...flags)).stdout).findings.map(
      ({ id }) => id,
    );
  assert.deepEqual(await ids(), ["select-star"]);
  assert.deepEqual(await ids("--only=implicit-alias"), ["implicit-alias"]);
  assert.deepEqual(await ids("--only=implicit-alias,select-star"), [
    "select-star",
    "implicit-alias",
  ]);
});

test("jsonl answers each line in order with its id, and goes on after a bad one", async () => {
  const input = [
    '{"id":1,"sql":"SELECT 1"}',
    "not json",
    '{"id":"b","sql":"DELETE FROM t","dialect":"sqlite"}',
    '{"id":3,"sql":"DELETE FROM t","dialect":"nonsense"}',
    '{"id":4,"sql":"DELETE FROM t","dialect":"redis"}',
  ].join("\n");
  const { stdout, status } = await lint(input, "--jsonl", "--dialect=postgres");
  const lines = stdout.trim().split("\n").map(JSON.parse);
  assert.deepEqual(
    lines.map(({ id, findings }) => [id, findings?.map((finding) => finding.id)]),
    [
      [1, []],
      [undefined, undefined],
      ["b", ["delete-without-where"]],
      [3, undefined],
      [4, []],
    ],
  );
  assert.equal(status, 2);
});

test("sarif names the file, the line and the bytes", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-lint-"));
  try {
    const file = path.join(folder, "a.sql");
    writeFileSync(file, "SELECT 1;\n\nDELETE FROM t;\nSELECT id FROM t WHERE a = NULL;");
    const { stdout } = await mydba(["sql", "lint", "--sarif", file]);
    const [{ tool, results }] = JSON.parse(stdout).runs;
    assert.equal(tool.driver.name, "mydba");
    assert.deepEqual(
      results.map(({ ruleId, level, locations: [{ physicalLocation }] }) => [
        ruleId,
        level,
        physicalLocation.artifactLocation.uri,
        physicalLocation.region,
      ]),
      [
        ["delete-without-where", "error", file, { byteOffset: 11, byteLength: 6, startLine: 3 }],
        ["null-comparison", "error", file, { byteOffset: 49, byteLength: 8, startLine: 4 }],
      ],
    );
    assert.equal(
      results[1].fixes[0].artifactChanges[0].replacements[0].insertedContent.text,
      "IS NULL",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("wrong usage says what to do", async () => {
  for (const [flags, message] of [
    [["--dialect=nonsense"], /unknown dialect/],
    [["--only=nonsense"], /no rule is called "nonsense"/],
    [["--fail-on=nonsense"], /--fail-on takes info, warning or critical/],
  ]) {
    const { status, stderr } = await lint("SELECT 1", ...flags);
    assert.equal(status, 2);
    assert.match(stderr, message);
  }
});
