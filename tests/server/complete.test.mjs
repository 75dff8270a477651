// The user's own model for the editor's other chat features (ai/complete): the conversation goes to the
// provider redacted, with the tools of this program that read and no others, and comes back with the
// user's names and values. A service on this machine plays the provider and keeps every byte it gets.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { aiSettings } from "./chat_client.mjs";
import { Client } from "./client.mjs";

const planted = "ann.planted@example.org";
let folder;
let database;
before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-complete-"));
  database = `sqlite:${path.join(folder, "privateshop.db")}`;
  const statements = `CREATE TABLE customer_mails (id INTEGER PRIMARY KEY, mail_address TEXT);
    INSERT INTO customer_mails VALUES (1, '${planted}')`;
  execFileSync("sqlite3", [database.slice("sqlite:".length), statements]);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A service like OpenAI's that answers as `script(body)` says: {text, calls}. */
async function service(t, script) {
  const bodies = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      bodies.push(Buffer.concat(chunks).toString("utf8"));
      const { text = "", calls = [] } = script(JSON.parse(bodies.at(-1)), bodies.length);
      const tool_calls = calls.map(({ name, arguments: given }, index) => ({
        ...{ index, id: `call_${bodies.length}_${index}`, type: "function" },
        function: { name, arguments: JSON.stringify(given) },
      }));
      const deltas = [...(text.match(/.{1,5}/gs) ?? [])].map((content) => ({ content }));
      if (calls.length > 0) deltas.push({ tool_calls });
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      for (const delta of deltas)
        response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
      const finish_reason = calls.length > 0 ? "tool_calls" : "stop";
      const last = { choices: [{ index: 0, delta: {}, finish_reason }] };
      response.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { bodies, url: `http://127.0.0.1:${server.address().port}` };
}

/** A helper with an open connection whose settings lead to the service. */
async function open(t, url, settings = {}) {
  const client = new Client();
  t.after(() => client.end());
  await client.open("c", database, { name: "Secret Shop" });
  await client.request("ai/configure", {
    ...{ ...aiSettings, provider: "openai", baseUrl: `${url}/v1`, offerToEditor: true },
    consents: [{ provider: "openai", address: url, at: "2026-11-22T00:00:00Z" }],
    ...settings,
  });
  return client;
}

const user = (text) => ({ role: "user", text, toolCalls: [], toolResults: [] });

async function complete(client, messages, tools = [], sessionId = "c") {
  let text = "";
  const hear = ({ item }) => (text += item.text);
  const params = { messages, tools, ...(sessionId && { sessionId }) };
  const { toolCalls } = await client.stream("ai/complete", params, 1 << 20, hear);
  return { text, toolCalls };
}

test("nothing is sent while the user has not offered his model", async (t) => {
  const { bodies, url } = await service(t, () => ({ text: "hello" }));
  const client = await open(t, url, { offerToEditor: false });
  await assert.rejects(complete(client, [user("hello")]), /for @mydba only; nothing was sent/);
  await client.request("ai/configure", { ...aiSettings, offerToEditor: true, enabled: false });
  await assert.rejects(complete(client, [user("hello")]));
  assert.deepEqual(bodies, []);
});

test("a conversation without a message is refused", async (t) => {
  const { bodies, url } = await service(t, () => ({ text: "hello" }));
  const client = await open(t, url);
  await assert.rejects(complete(client, []), /no message/);
  assert.deepEqual(bodies, []);
});

test("values, code and the name of the connection stay here, and come back", async (t) => {
  const { bodies, url } = await service(t, (body) => ({ text: body.messages.at(-1).content }));
  const client = await open(t, url);
  const question = `On Secret Shop: SELECT * FROM customer_mails WHERE mail_address = '${planted}'`;
  const code = "```python\npassword = 'hunter2planted'\n```";
  const { text } = await complete(client, [user(`${code}\n\n${question}`)]);
  assert.match(text, new RegExp(`mail_address = '${planted}'`));
  assert.equal(bodies.length, 1);
  for (const secret of [planted, "hunter2planted", "Secret Shop", "privateshop"])
    assert.ok(!bodies[0].includes(secret), secret);
  assert.match(bodies[0], /customer_mails/);
  const { entries } = await client.request("ai/sent", { text: "", limit: 10 });
  assert.deepEqual([entries.length, entries[0].purpose], [1, "editor"]);
});

for (const names of ["keep", "alias"])
  test(`tools are called with what the user knows, and no row is told (names: ${names})`, async (t) => {
    const tools = ["run_read_query", "run_write_statement", "another_extensions_tool"];
    const { bodies, url } = await service(t, (body, round) => {
      assert.deepEqual(
        body.tools.map((tool) => tool.function.name),
        ["run_read_query"],
      );
      assert.ok(!JSON.stringify(body.tools).includes('"connection"'));
      const said = body.messages.filter(({ role }) => role === "user").at(-1).content;
      const sql = /SELECT .*$/m.exec(said)[0];
      if (round > 1) return { text: `There is one. ${sql}` };
      const calls = [{ name: "run_read_query", arguments: { sql } }];
      return {
        calls: [...calls, { name: "run_write_statement", arguments: { sql: "DROP TABLE a" } }],
      };
    });
    const client = await open(t, url, { names });
    const sql = `SELECT mail_address FROM customer_mails WHERE mail_address = '${planted}'`;
    const asked = user(`Who is this?\n\n${sql}`);
    const { toolCalls } = await complete(client, [asked], tools);
    assert.equal(toolCalls.length, 1, "a tool that was not offered is not called");
    assert.deepEqual(JSON.parse(toolCalls[0].arguments), { sql, connection: "Secret Shop" });
    const call = { name: toolCalls[0].name, arguments: toolCalls[0].arguments };
    const answer = await client.request("tools/call", call);
    assert.ok(answer.text.includes(planted), "the tool itself answers with rows");
    const callId = toolCalls[0].id;
    const told = [
      asked,
      { role: "assistant", text: "", toolCalls, toolResults: [] },
      { ...user(""), toolResults: [{ callId, text: answer.text, isError: false }] },
    ];
    const { text } = await complete(client, told, tools);
    assert.equal(text, `There is one. ${sql}`);
    assert.match(bodies[1], /what rows hold is never sent/);
    for (const body of bodies)
      for (const secret of [
        planted,
        "Secret Shop",
        ...(names === "alias" ? ["customer_mails"] : []),
      ])
        assert.ok(!body.includes(secret), secret);
  });

test("without a connection the model gets the tools that need none", async (t) => {
  const { bodies, url } = await service(t, () => ({ text: "yes" }));
  const client = await open(t, url);
  await complete(client, [user("hello")], ["search_docs", "run_read_query"], "");
  const offered = JSON.parse(bodies[0]).tools.map((tool) => tool.function.name);
  assert.deepEqual(offered, ["search_docs"]);
});

test("what another extension's tool answered stays here", async (t) => {
  const { bodies, url } = await service(t, () => ({ text: "yes" }));
  const client = await open(t, url);
  const called = { id: "x", name: "read_file", arguments: '{"path":"/home/ann/planted"}' };
  await complete(client, [
    user("What is in it?"),
    { role: "assistant", text: "", toolCalls: [called], toolResults: [] },
    { ...user(""), toolResults: [{ callId: "x", text: "planted content", isError: false }] },
  ]);
  assert.equal(JSON.parse(bodies[0]).messages.filter(({ role }) => role !== "system").length, 1);
  assert.ok(!bodies[0].includes("planted"));
});

test("with history off the last question goes alone", async (t) => {
  const { bodies, url } = await service(t, () => ({ text: "yes" }));
  const client = await open(t, url, { sendHistory: false });
  const earlier = [user("first question"), { ...user("first answer"), role: "assistant" }];
  await complete(client, [...earlier, user("second question")]);
  assert.match(bodies[0], /second question/);
  assert.doesNotMatch(bodies[0], /first/);
});
