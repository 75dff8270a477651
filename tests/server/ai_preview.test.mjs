// `mydba ai preview` promises the exact bytes that would leave. Here they leave: a service like OpenAI's
// keeps what the chat sends it, and that is what the command shows for the same question and settings.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { aiSettings, Chat } from "./chat_client.mjs";
import { Client } from "./client.mjs";

let folder;
let service;
const seen = [];
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-preview-"));
  mkdirSync(path.join(folder, "docs"));
  writeFileSync(
    path.join(folder, "docs", "lifts.md"),
    "# Ski lifts\n\nThe ski lifts of Ann Example at 10.1.2.3 are kept in `lifts`.\n",
  );
  service = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      seen.push({ url: request.url, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      const delta = { choices: [{ index: 0, delta: { content: "ok" }, finish_reason: "stop" }] };
      response.end(`data: ${JSON.stringify(delta)}\n\ndata: [DONE]\n\n`);
    });
  });
  await new Promise((resolve) => service.listen(0, "127.0.0.1", resolve));
});
after(() => {
  service?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the chat sends for a question, as it says before, and as the command says. */
async function three(question, { url, names = "keep", extent = "names", documents }) {
  const address = `http://127.0.0.1:${service.address().port}`;
  const chat = await Chat.open(url);
  const flags = ["--model=small", `--names=${names}`, `--schema=${extent}`];
  if (url) flags.push("--url", url);
  if (documents) flags.push("--docs", documents);
  try {
    chat.client.secrets.set(`ai:openai:${address}/apiKey`, "a key");
    const status = await chat.client.request("ai/configure", {
      ...aiSettings,
      ...{ provider: "openai", baseUrl: `${address}/v1`, model: "small" },
      ...{ names, schemaExtent: extent },
      consents: [{ provider: "openai", address, at: "2026-11-22T00:00:00Z" }],
      ...(documents ? { documents } : {}),
    });
    assert.equal(status.state, "ready", status.message);
    const shown = await chat.ask("ask", question, { previewOnly: true, memory: undefined });
    assert.equal(seen.length, 0);
    await chat.ask("ask", question, { memory: undefined });
    const [sent] = seen.splice(0);
    const preview = await mydba([
      ...["ai", "preview", question, "--json", "--base-url", `${address}/v1`],
      ...flags,
    ]);
    assert.equal(preview.status, 0, preview.stderr);
    assert.equal(seen.length, 0, "the command sends nothing");
    const { request, masked } = JSON.parse(preview.stdout);
    assert.equal(request.url, address + sent.url);
    return { sent, shown, request, masked, stderr: preview.stderr };
  } finally {
    await chat.end();
  }
}

function assertSame({ sent, shown, request, masked }) {
  assert.equal(request.body, sent.body);
  const { text } = shown.buttons.find(({ action }) => action === "showSent");
  assert.equal(request.body, text);
  for (const [kind, count] of Object.entries(masked))
    assert.ok(shown.markdown.replaceAll("\\", "").includes(`${kind}: ${count}`), shown.markdown);
}

test("without a connection", async () => {
  const question = "Why is SELECT id FROM users WHERE mail = 'ann@mail.example' slow? -- Ann";
  for (const names of ["keep", "alias"]) {
    const answers = await three(question, { names });
    assertSame(answers);
    const { alias, ...values } = answers.masked;
    assert.deepEqual(values, { comment: 1, email: 1 });
    assert.equal(alias > 0, names === "alias");
    const { messages, tools } = JSON.parse(answers.request.body);
    assert.match(messages[0].content, /You are MyDBA/);
    assert.match(messages.at(-1).content, /Documents:\n+\[1\] /);
    assert.deepEqual(
      tools.map((tool) => tool.function.name),
      ["propose_sql"],
    );
  }
});

test("with the user's own documents", async () => {
  const documents = path.join(folder, "docs");
  const answers = await three("Where are the ski lifts kept?", { documents });
  assertSame(answers);
  assert.match(answers.request.body, /ski lifts of/);
  assert.doesNotMatch(answers.request.body, /10\.1\.2\.3/);
});

const made = [
  "DROP TABLE IF EXISTS lifts",
  "DROP TABLE IF EXISTS slopes",
  "CREATE TABLE slopes (id INT PRIMARY KEY, colour VARCHAR(20))",
  "CREATE TABLE lifts (id INT PRIMARY KEY, seats INT, slope_id INT, FOREIGN KEY (slope_id) REFERENCES slopes (id))",
];
const servers = {
  sqlite: () => `sqlite:${folder}/lifts.db?mode=rwc`,
  postgres: () => process.env.MYDBA_TEST_POSTGRES,
  mariadb: () => process.env.MYDBA_TEST_MARIADB,
};
for (const [engine, url] of Object.entries(servers))
  test(
    `${engine}: with a connection, whose tables go with the question`,
    { skip: !url() && "no server" },
    async () => {
      const setUp = new Client();
      await setUp.open("s", url());
      for (const sql of made) await setUp.rows("s", sql);
      await setUp.end();
      const asked = await three("show lifts with seats over 98765", { url: url(), extent: "full" });
      assertSame(asked);
      const told = JSON.parse(asked.request.body);
      assert.match(
        told.messages.at(-1).content,
        /slope_id[^]*The statement:\n.*\blifts\b.*:number_1/,
      );
      assert.doesNotMatch(asked.request.body, /98765/);
      assert.ok(told.tools.some((tool) => tool.function.name === "describe_object"));
      assert.ok(!asked.request.body.includes("lifts.db"));
      const change = await three("delete all lifts without seats", { url: url(), names: "alias" });
      assertSame(change);
      assert.match(change.request.body, /t1/);
      assertSame(await three("what is a covering index?", { url: url(), extent: "none" }));
    },
  );

test("a question that another command answers is told to be one", async () => {
  const url = servers.sqlite();
  const { stderr, request } = await three("explain SELECT seats FROM lifts", { url });
  assert.match(stderr, /^mydba: ai preview: the chat answers this with \/explain, /);
  assert.match(request.body, /lifts/);
});
