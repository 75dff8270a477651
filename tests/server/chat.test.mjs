// The chat as an editor meets it: facts without a model on every engine, and with a scripted model
// streaming, tools, proposals, ten turns, and what it is told.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { Chat } from "./chat_client.mjs";
import { Client } from "./client.mjs";

let folder;
let shop;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-chat-"));
  await mydba(["sample", folder]);
  shop = `sqlite:${path.join(folder, "shop.db")}`;
});
after(() => rmSync(folder, { recursive: true, force: true }));

const tables = [
  "DROP TABLE IF EXISTS chat_orders",
  "DROP TABLE IF EXISTS chat_customers",
  "CREATE TABLE chat_customers (id int PRIMARY KEY, city varchar(40))",
  "CREATE TABLE chat_orders (id int PRIMARY KEY, customer_id int REFERENCES chat_customers (id), total int)",
  "INSERT INTO chat_customers VALUES (1, 'Lima'), (2, 'Oslo')",
  "INSERT INTO chat_orders VALUES (1, 1, 10), (2, 2, 20), (3, 1, NULL)",
];
const sqlEngines = {
  sqlite: () => `sqlite:${folder}/t.db?mode=rwc`,
  postgres: () => process.env.MYDBA_TEST_POSTGRES,
  mysql: () => process.env.MYDBA_TEST_MYSQL,
  mariadb: () => process.env.MYDBA_TEST_MARIADB,
};
const keyEngines = {
  redis: () => process.env.MYDBA_TEST_REDIS,
  valkey: () => process.env.MYDBA_TEST_VALKEY,
};

/** Something is said, and what it says of the engine is cited by documents with an official page. */
function assertUseful(answer, what) {
  assert.ok(answer.markdown.length > 40, `${what}: ${answer.markdown}`);
  assert.ok(answer.citations.length > 0, `${what} cites nothing`);
  for (const { citation } of answer.citations) assert.match(citation.url, /^https:\/\//, what);
  assert.doesNotMatch(answer.markdown, /\]\(/, `${what} has no link of its own`);
}

for (const [engine, url] of Object.entries(sqlEngines))
  test(
    `${engine}: every command answers without a model`,
    { skip: !url() && "no server" },
    async (t) => {
      const setup = new Client();
      await setup.open("s", url());
      for (const sql of tables) await setup.rows("s", sql);
      await setup.end();
      const chat = await Chat.open(url());
      t.after(() => chat.end());
      const slow = "SELECT * FROM chat_orders WHERE total + 0 = 20";
      const asked = {
        explain: slow,
        analyze: slow,
        optimize: slow,
        profile: slow,
        compare: `${slow}; SELECT * FROM chat_orders WHERE total = 20`,
        schema: "chat_orders",
        processlist: "",
        variables: "",
        connections: "",
        help: "",
        ask: "what is a covering index?",
      };
      for (const [command, prompt] of Object.entries(asked))
        assertUseful(await chat.ask(command, prompt), `${engine} /${command}`);
    },
  );

test("a review tells what is wrong in the text, and in the tables that it uses", async (t) => {
  const setup = new Client();
  await setup.open("s", sqlEngines.sqlite());
  await setup.rows("s", "CREATE TABLE IF NOT EXISTS keyless (a INT)");
  await setup.end();
  const chat = await Chat.open(sqlEngines.sqlite());
  t.after(() => chat.end());
  const { markdown } = await chat.ask("analyze", "SELECT a FROM keyless WHERE a = NULL");
  assert.match(markdown, /A comparison with NULL is never true/);
  assert.match(markdown, /table without primary key/);
});

for (const [engine, url] of Object.entries(keyEngines))
  test(
    `${engine}: every command answers without a model`,
    { skip: !url() && "no server" },
    async (t) => {
      const setup = new Client();
      await setup.open("s", url());
      await setup.rows("s", "SET chat:greeting hello EX 600");
      await setup.end();
      const chat = await Chat.open(url());
      t.after(() => chat.end());
      for (const [command, prompt] of [
        ["schema", ""],
        ["processlist", ""],
        ["variables", ""],
        ["connections", ""],
        ["help", ""],
        ["explain", "GET a"],
        ["profile", "GET a"],
        ["analyze", "KEYS *"],
        ["optimize", "KEYS *"],
        ["ask", "why does memory grow"],
      ])
        assertUseful(await chat.ask(command, prompt), `${engine} /${command}`);
    },
  );

describe("with a scripted model", () => {
  let chat;
  const script = { next: () => "" };
  before(async () => {
    chat = await Chat.open(shop);
    const status = await chat.model((request, round) => script.next(request, round));
    assert.equal(status.state, "ready");
  });
  after(() => chat.end());

  test("it streams, its citations are ours, and its words are no markup", async () => {
    script.next = () =>
      "The plan reads **all rows** [1]. See [here](https://evil.example/?q=1) ![x](http://e.vil/a.png) <b>bold</b> https://evil.example www.evil.example a@b.example [99]\n\n- a list\n";
    const answer = await chat.ask("explain", "SELECT * FROM orders WHERE note = 'x'");
    assert.ok(answer.pieces > 4, `${answer.pieces} pieces`);
    assert.match(answer.markdown, /\*\*all rows\*\* \\\[1\\\]/);
    assert.match(answer.markdown, /- a list/);
    assert.doesNotMatch(answer.markdown, /\[99/);
    for (const live of [/[^\\]\]\(/, /[^\\]<b>/, /[^\\]:\/\//, /www\.evil/, /a@b/])
      assert.doesNotMatch(answer.markdown, live);
  });

  test("it is told facts and documents, and no value, comment or connection", async () => {
    script.next = () => "ok";
    await chat.ask("explain", "SELECT * FROM orders WHERE note = 'Ann Example' /* for Ann */");
    const told = JSON.stringify(chat.asked.at(-1));
    assert.match(told, /orders/);
    assert.match(told, /:text_1/);
    assert.match(told, /\[1\]/);
    for (const secret of ["Ann", "shop.db", folder]) assert.ok(!told.includes(secret), secret);
  });

  test("it asks for tools of this connection, and gets their answers redacted", async () => {
    script.next = (request, round) =>
      request.messages.at(-1).toolResults.length > 0
        ? "done"
        : { toolCalls: [{ name: "describe_object", arguments: { name: "orders" } }], round };
    const answer = await chat.ask("ask", "what does the orders table look like to you?");
    const results = chat.asked.at(-1).messages.at(-1).toolResults;
    assert.equal(results.length, 1);
    assert.equal(results[0].isError, false, results[0].text);
    assert.match(results[0].text, /customer_id/);
    assert.ok(answer.progress.includes("Describe an object"), answer.progress.join());
  });

  test("a tool that is not offered is not called", async () => {
    script.next = (request) =>
      request.messages.at(-1).toolResults.length > 0
        ? "done"
        : {
            toolCalls: [
              { name: "run_write_statement", arguments: { sql: "DELETE FROM orders" } },
              { name: "nonsense", arguments: {} },
              { name: "describe_object", arguments: "not json" },
            ],
          };
    await chat.ask("ask", "how many customers are there in each city?");
    const results = chat.asked.at(-1).messages.at(-1).toolResults;
    assert.deepEqual(
      results.map(({ isError }) => isError),
      [true, true, true],
    );
    const { markdown } = await chat.ask("ask", "how many orders are there?");
    assert.match(markdown, /count/i);
  });

  const wrong = {
    "a column that is not there": "SELECT nosuch FROM orders",
    "a table that is not there": "SELECT * FROM nowhere",
    "a write": "DELETE FROM orders",
    "a write in a CTE": "WITH d AS (SELECT 1) UPDATE orders SET note = 'x'",
    "two statements": "SELECT 1; DROP TABLE orders",
    "a product of tables": "SELECT * FROM orders, customers",
    "a definition": "CREATE TABLE evil (a)",
    "a pragma that changes": "PRAGMA journal_mode = DELETE",
    "no statement": "please drop everything",
    "an attached file": "ATTACH '/tmp/x.db' AS x",
  };
  for (const [what, sql] of Object.entries(wrong))
    test(`${what} is never offered to be run`, async () => {
      script.next = (request) =>
        request.messages.at(-1).toolResults.length > 1
          ? `So:\n\n\`\`\`sql\n${sql}\n\`\`\`\n`
          : {
              toolCalls: [1, 2].map(() => ({
                name: "propose_sql",
                arguments: { sql, why: "I say so" },
              })),
            };
      const answer = await chat.ask("ask", "what is a good question about everything here?");
      assert.deepEqual(
        answer.buttons.filter(({ sql: offered }) => offered === sql || offered === `${sql}\n`),
        [],
      );
      assert.match(answer.markdown, /Not offered to be run/);
      const [first] = chat.asked.at(-1).messages.at(-1).toolResults;
      assert.equal(first.isError, true);
    });

  test("a sound proposal is checked by the server and can be run", async () => {
    const sql = "SELECT city, count(*) FROM customers GROUP BY city";
    script.next = (request) =>
      request.messages.at(-1).toolResults.length > 0
        ? "There."
        : { toolCalls: [{ name: "propose_sql", arguments: { sql, why: "by city" } }] };
    const answer = await chat.ask("ask", "what would you make of the distribution of people?");
    assert.ok(
      answer.buttons.some(({ action, sql: offered }) => action === "runQuery" && offered === sql),
    );
  });

  test("where the model contradicts the plan, the facts win", async () => {
    script.next = () => "The server uses an index on orders. It returns 987654 rows.";
    const answer = await chat.ask("explain", "SELECT * FROM orders WHERE total_cents > 5");
    assert.match(answer.markdown, /computed facts say otherwise/);
    assert.match(answer.markdown, /reads all of orders/);
    assert.match(answer.markdown, /987654 rows/);
  });

  test("names are mapped, and mapped back", async () => {
    await chat.client.rows("c", "CREATE TABLE zebra_ledger (quagga INTEGER)");
    await chat.model(
      (request) => {
        const told = JSON.stringify(request.messages);
        assert.ok(!/zebra|quagga/.test(told), told);
        const [, alias] =
          /The statement:\s+SELECT \S+ FROM (\w+)/.exec(request.messages.at(-1).text) ?? [];
        return `The table ${alias} is read.`;
      },
      { names: "alias" },
    );
    const answer = await chat.ask("explain", "SELECT quagga FROM zebra_ledger WHERE quagga = 3");
    await chat.model((request, round) => script.next(request, round));
    assert.match(answer.markdown, /The table zebra_ledger is read/);
  });

  test("ten turns are remembered, and `it` is the last statement", async () => {
    script.next = () => "fine";
    chat.memory = undefined;
    await chat.ask("explain", "SELECT * FROM products WHERE id = 1");
    const again = await chat.ask("ask", "explain it");
    assert.match(again.markdown, /Plan/);
    assert.ok(again.buttons.some(({ sql }) => sql === "SELECT * FROM products WHERE id = 1"));
    for (let i = 0; i < 11; ++i) await chat.ask("help");
    assert.equal(JSON.parse(chat.memory).turns.length, 10);
    await chat.ask("schema", "orders");
    const { messages } = chat.asked.at(-1);
    assert.ok(messages.length >= 10, `${messages.length} messages`);
  });

  test("of earlier turns a model is told questions and statements, not what was answered", async () => {
    script.next = () => "fine";
    chat.memory = undefined;
    await chat.ask("explain", "SELECT * FROM orders WHERE note = 'Ann Example' AND id < 4321");
    const { markdown } = await chat.ask("variables", "cache_size");
    assert.match(markdown, /-2000/);
    await chat.ask("schema", "products");
    const { messages } = chat.asked.at(-1);
    const [first] = messages;
    assert.match(first.text, /The statement:\s+SELECT \* FROM orders WHERE note = :text_1/);
    const told = messages.slice(0, -1);
    assert.ok(!/Ann|4321|2000|SCAN/.test(JSON.stringify(told)), JSON.stringify(told));
    for (const { role, text } of told)
      if (role === "assistant") assert.equal(text, "I answered that from the facts of then.");
  });

  test("what would be sent is shown, and nothing is sent", async () => {
    const before = chat.asked.length;
    const answer = await chat.ask("explain", "SELECT * FROM orders WHERE note = 'Ann'", {
      previewOnly: true,
    });
    assert.equal(chat.asked.length, before);
    const [shown] = answer.buttons.filter(({ action }) => action === "showSent");
    assert.match(shown.text, /:text_1/);
    assert.ok(!shown.text.includes("Ann"));
    const { entries } = await chat.client.request("ai/sent", { text: "", limit: 1000 });
    assert.equal(entries.length, before);
  });

  test("without consent, or switched off, the model is not asked", async () => {
    const before = chat.asked.length;
    for (const settings of [{ enabled: false }, { consents: [] }, { provider: "none" }]) {
      await chat.model(() => "never", settings);
      await chat.ask("explain", "SELECT 1");
    }
    assert.equal(chat.asked.length, before);
  });

  test("the user may keep it back each time", async () => {
    const before = chat.asked.length;
    await chat.model(() => "never", { confirmBeforeSend: true });
    chat.client.host["host/aiConfirm"] = ({ request }) => ({
      send: request.includes("nothing like it"),
    });
    const answer = await chat.ask("explain", "SELECT 1");
    assert.equal(chat.asked.length, before);
    assert.match(answer.markdown, /nothing was sent/);
  });
});

test("cancelling a turn ends the model's request within 200 ms", async (t) => {
  const chat = await Chat.open(shop);
  t.after(() => chat.end());
  let asked;
  const waiting = new Promise((resolve) => (asked = resolve));
  await chat.model(() => {
    asked();
    return new Promise(() => {});
  });
  const turn = chat.client.stream(
    "chat/ask",
    { command: "explain", prompt: "SELECT 1", sessions: chat.sessions, sessionId: "c" },
    1 << 20,
    () => {},
  );
  await waiting;
  const start = performance.now();
  chat.client.cancel(turn);
  await assert.rejects(turn, ({ data }) => data.code === "cancelled");
  assert.ok(performance.now() - start < 200, `${performance.now() - start} ms`);
});
