// `mydba ai preview`: what would leave, without leaving.
import assert from "node:assert/strict";
import { test } from "node:test";

import { mydba } from "./run.mjs";

const QUESTION = "Why is SELECT id FROM users WHERE mail = 'ann@example.org' slow? -- Ann";

test("the request as JSON, without values, and what was masked", async () => {
  const args = ["--json", "--dialect=postgres", "--model=small"];
  const { status, stdout } = await mydba(["ai", "preview", QUESTION, ...args]);
  assert.equal(status, 0);
  const { request, masked } = JSON.parse(stdout);
  assert.equal(request.url, "https://api.openai.com/v1/chat/completions");
  const body = JSON.parse(request.body);
  assert.equal(body.model, "small");
  assert.match(body.messages.at(-1).content, /FROM users WHERE mail = :email_1/);
  assert.doesNotMatch(stdout, /\bann\b|example\.org/i);
  assert.deepEqual(masked, { comment: 1, email: 1 });
});

test("names are mapped where that is asked for", async () => {
  const { stdout } = await mydba(["ai", "preview", QUESTION, "--json", "--names=alias"]);
  assert.match(JSON.parse(stdout).request.body, /SELECT c1 FROM t1 WHERE c2 = :email_1/);
});

test("lines in, lines out; a bad one does not end it", async () => {
  const input = [
    '{"id":1,"text":"is \'x\' slow?"}',
    '{"id":2}',
    '{"id":3,"text":"GET k","dialect":"redis"}',
  ];
  const { stdout } = await mydba(["ai", "preview", "--jsonl", "--provider=anthropic"], {
    input: input.join("\n"),
  });
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ id }) => id),
    [1, 2, 3],
  );
  assert.match(lines[0].request.body, /is :text_1 slow/);
  assert.equal(lines[1].error.code, "invalidParams");
  assert.match(lines[2].request.body, /GET :text_1/);
});

test("wrong use is told", async () => {
  assert.equal((await mydba(["ai", "preview"])).status, 2);
  assert.equal((await mydba(["ai", "preview", "x", "--names=none"])).status, 2);
  assert.equal((await mydba(["ai", "preview", "x", "--schema=some"])).status, 2);
  const dead = await mydba(["ai", "preview", "x", "--url=postgres://nobody@127.0.0.1:1/x"]);
  assert.equal(dead.status, 3);
  assert.match(dead.stderr, /^mydba: connect: .+; .+/);
  assert.equal((await mydba(["ai", "preview", "x", "--provider=nobody"])).status, 2);
});
