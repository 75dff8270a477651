// What leaves the machine for a model, to the byte: questions, statements, errors, plans, schemas and
// answers of tools (2,000 of them, or as many as MYDBA_PLANTED says; the whole is 10,000) with planted
// values, comments, secrets, hosts and names go through the product's sender to a service that keeps all
// it gets. Nothing planted arrives, in no spelling, and mapped names come back, to the user and to tools.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { helperPath } from "./client.mjs";
import { plantedQuestions } from "./planted_questions.mjs";

const COUNT = Number(process.env.MYDBA_PLANTED ?? 2000);
const SEED = Number(process.env.MYDBA_PLANTED_SEED ?? 20261122);
const probe = path.join(path.dirname(helperPath()), "tests", "mydba_sender_probe");
const skip = !existsSync(probe) && "mydba_sender_probe is not built";

let folder;
before(() => (folder = mkdtempSync(path.join(os.tmpdir(), "mydba-sent-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A service like OpenAI's that answers each question with the question itself, in pieces. */
async function echoService() {
  const seen = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      seen.push(`${request.method} ${request.url}\n${request.rawHeaders.join("\n")}\n\n${body}`);
      const asked = JSON.parse(body).messages.at(-1).content;
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      for (let at = 0; at < asked.length; at += 7) {
        const delta = { content: asked.slice(at, at + 7) };
        response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
      }
      const last = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
      response.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { seen, url: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

/** The answers of the probe, in order. */
async function ask(url, questions, ...more) {
  const log = path.join(folder, `sent-${process.hrtime.bigint()}.db`);
  const child = spawn(probe, ["openai", url, log, ...more], {
    env: { ...process.env, http_proxy: "", https_proxy: "" },
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (data) => (output += data));
  child.stderr.setEncoding("utf8").on("data", (data) => (errors += data));
  for (const { markers, named, ...question } of questions)
    child.stdin.write(JSON.stringify(question) + "\n");
  child.stdin.end();
  const status = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(status, 0, errors);
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** What base64 makes of a text wherever it stands in a longer one, without the ends that depend on it. */
const base64Of = (text) =>
  [0, 1, 2].map((shift) =>
    Buffer.from("\0".repeat(shift) + text)
      .toString("base64")
      .slice(shift ? 4 : 0, -4),
  );

/** Spellings of a marker, in lower case where case says nothing; halves of it too. */
function spellings(marker) {
  const percent = [...Buffer.from(marker)].map((b) => `%${b.toString(16)}`).join("");
  const hex = Buffer.from(marker).toString("hex");
  const middle = marker.slice(2, -2);
  const parts = [middle.slice(0, 6), middle.slice(-6)];
  return { folded: [marker, percent, hex, ...parts], exact: base64Of(marker) };
}

function assertClean(bytes, question) {
  const folded = bytes.toLowerCase();
  for (const marker of question.markers) {
    const { folded: loose, exact } = spellings(marker.toLowerCase());
    const found =
      loose.find((text) => folded.includes(text)) ?? exact.find((t) => bytes.includes(t));
    assert.equal(found, undefined, `${JSON.stringify(question)}\nsent\n${bytes}`);
  }
}

const NAME = /["[`]?zq[0-9a-z]+qz["\]`]?/gi;
const namesIn = (sql) => sql.replace(/--.*$/, "").match(NAME) ?? [];

test(`${COUNT} planted texts: none of it arrives, all names come back`, { skip }, async () => {
  const questions = [...plantedQuestions(COUNT, SEED)];
  assert.ok(questions.filter(({ markers }) => markers.length > 0).length > COUNT * 0.9);
  const service = await echoService();
  const answers = await ask(service.url, questions);
  service.close();
  assert.equal(answers.length, COUNT);
  // A text of nothing but a comment leaves nothing to ask.
  const sent = answers.filter(({ error }) => !error);
  assert.ok(sent.length > COUNT * 0.95, `${sent.length} of ${COUNT} were sent`);
  assert.equal(service.seen.length, sent.length, "each once");
  let named = 0;
  sent.forEach((answer, i) => {
    const question = questions[answer.id];
    assert.equal(question.id, answer.id);
    assertClean(service.seen[i], question);
    if (!question.named) return;
    ++named;
    assert.deepEqual(namesIn(answer.shown), namesIn(question.text), service.seen[i]);
    assert.deepEqual(namesIn(answer.called), namesIn(question.text), service.seen[i]);
  });
  assert.ok(named > COUNT / 20, `${named} with names`);
});

test("with AI off nothing connects", { skip }, async () => {
  let connections = 0;
  const server = net.createServer((socket) => {
    ++connections;
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/v1`;
  const questions = [...plantedQuestions(200, SEED)];
  const answers = await ask(url, questions, "off");
  assert.equal(answers.length, 200);
  assert.ok(answers.every(({ error }) => error === "refused"));
  assert.equal(connections, 0);
  const [tried] = await ask(url, questions.slice(4, 5));
  assert.ok(tried.error && connections > 0, "the listener hears what does connect");
  server.close();
});
