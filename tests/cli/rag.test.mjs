// `mydba rag search`: questions in, documents out; no server.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { mydba } from "./run.mjs";

const question = "why does a sort spill to disk";

test("json is one document with the contract's fields", async () => {
  const { stdout, status } = await mydba([
    "rag",
    "search",
    question,
    "--engine=postgres",
    "--json",
  ]);
  assert.equal(status, 0);
  const { hits } = JSON.parse(stdout);
  assert.equal(hits.length, 5);
  for (const hit of hits) {
    assert.deepEqual(Object.keys(hit).sort(), [
      "anchor",
      "engine",
      "score",
      "text",
      "title",
      "url",
    ]);
    assert.match(hit.anchor, /^(postgres|all|mysql)\/[\w/#-]+$/);
    assert.match(hit.url, /^https:\/\//);
    assert.ok(hit.score > 0 && hit.text);
  }
});

test("jsonl answers each line in order, and its own engine, version and k count", async () => {
  const lines = [
    { id: 1, q: question },
    { id: "b", q: question, engine: "sqlite", version: "3.46.0", k: 2 },
    "not json",
    { id: 4, q: 7 },
    { id: 5, q: question, engine: "oracle" },
    { id: 6, q: question, earlier: "x" },
    { id: 7, q: "and that?", earlier: ["what is a filesort"] },
    { id: 8, q: "zyxwvut" },
  ];
  const { stdout, status } = await mydba(["rag", "search", "--jsonl", "-k", "3"], {
    input: lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  });
  assert.equal(status, 2); // some lines were wrong
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map(({ id }) => id),
    [1, "b", undefined, 4, 5, 6, 7, 8],
  );
  assert.equal(answers[0].hits.length, 3);
  assert.deepEqual(
    answers[1].hits.map(({ engine }) => /sqlite|all/.test(engine)),
    [true, true],
  );
  assert.equal(answers[3].error.message, "q: expected string");
  assert.match(answers[4].error.message, /unknown engine "oracle"/);
  assert.match(answers[4].error.hint, /postgres.*redis/);
  assert.equal(answers[5].error.message, "earlier: expected array of strings");
  assert.ok(answers[6].hits.length > 0);
  assert.deepEqual(answers[7].hits, []);
});

test("people see title, anchor and page", async () => {
  const { stdout, status } = await mydba([
    "rag",
    "search",
    "-k",
    "1",
    "--engine",
    "mysql",
    "filesort",
  ]);
  assert.equal(status, 0);
  assert.match(stdout, /^.+ {2}\[(mysql|all)\/[\w/#-]+\]\n {2}https:\/\/\S+\n {2}\S.*\n\n$/);
  const nothing = await mydba(["rag", "search", "zyxwvut"]);
  assert.equal(nothing.status, 0);
  assert.match(nothing.stdout, /^nothing found; /);
});

test("wrong usage says what to do", async () => {
  for (const [args, message] of [
    [[], /no question; mydba rag search/],
    [["x", "--engine=oracle"], /unknown engine "oracle"; .*postgres/],
    [["x", "--version=new"], /"new" is not a version; /],
    [["x", "-k", "0"], /-k takes 1 to 50/],
    [["x", "-k", "many"], /-?k takes a number/],
    [["x", "-k"], /-k needs a value/],
    [["x", "-z"], /-z: unknown flag/],
  ]) {
    const { stderr, status } = await mydba(["rag", "search", ...args]);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, /^mydba: rag search: /);
    assert.match(stderr, message);
  }
});

test("--docs searches a folder of one's own, and its text stays text", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-docs-"));
  try {
    writeFileSync(path.join(folder, "oncall.md"), "# Billing shard\nzaphod \u001b[31m<b>x</b>\n");
    writeFileSync(path.join(folder, "bytes.md"), Buffer.from([0xff, 0xfe]));
    const args = ["rag", "search", "zaphod billing shard", "-k", "1", "--docs", folder];
    const { stdout, stderr } = await mydba([...args, "--json"]);
    const [hit] = JSON.parse(stdout).hits;
    assert.equal(hit.anchor, "user:oncall.md#billing-shard");
    assert.equal(hit.text, "zaphod \u001b[31m<b>x</b>\n");
    assert.match(stderr, /skipped bytes\.md: not UTF-8/);
    assert.doesNotMatch((await mydba(args)).stdout, /\u001b/);
    const none = await mydba(["rag", "search", "x", "--docs", path.join(folder, "none")]);
    assert.match(none.stderr, /none: No such file or directory; name a folder/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
