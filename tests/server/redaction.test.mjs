// Values of sensitive columns do not leave the helper until the user asks for them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client, decodeFrame, guardSettings } from "./client.mjs";

const SQL = "SELECT id, login, password FROM users ORDER BY id";
const HIDDEN = "•••";
let folder, client;

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-redaction-"));
  writeFileSync(path.join(folder, "a.db"), "");
  client = new Client();
  await client.request("initialize", { clientName: "test", clientVersion: "0" });
  await client.open("s", `sqlite:${path.join(folder, "a.db")}`);
  await client.rows("s", "CREATE TABLE users(id INTEGER, login TEXT, password TEXT)");
  await client.rows("s", "INSERT INTO users VALUES (1,'ann','hunter2'),(2,'bob',NULL)");
});

after(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs and keeps the result: its columns, its id, the cells as they came. */
async function run(params = {}) {
  const seen = { rows: [] };
  const on = ({ item, frame }) => {
    if (item?.kind === "resultSet") Object.assign(seen, item);
    if (frame) seen.rows.push(...decodeFrame(frame));
  };
  await client.stream("query/run", { sessionId: "s", sql: SQL, spool: true, ...params }, 1000, on);
  return seen;
}

async function window(resultId, more = {}) {
  const rows = [];
  const on = ({ frame }) => frame && rows.push(...decodeFrame(frame));
  await client.stream("result/rows", { resultId, first: 0, count: 10, ...more }, 100, on);
  return rows;
}

const refused = (error) => error.data.code === "refused";
const cell = (resultId, row, column) => client.request("result/cell", { resultId, row, column });

test("a password comes as dots, in the run, in a window and as a cell, until it is revealed", async () => {
  const { columns, rows, resultId } = await run();
  assert.deepEqual(
    columns.map(({ sensitive, redacted }) => [sensitive, redacted]),
    [
      [undefined, undefined],
      [undefined, undefined],
      ["secret", true],
    ],
  );
  assert.equal(columns[2].sensitiveBecause, "it looks like a password");
  const shown = [
    ["1", "ann", HIDDEN],
    ["2", "bob", null],
  ];
  assert.deepEqual(rows, shown);
  assert.deepEqual(await window(resultId), shown);
  assert.equal((await cell(resultId, 0, 2)).text, HIDDEN);
  assert.equal((await cell(resultId, 1, 2)).text, undefined);
  await client.request("result/reveal", { resultId, column: 2 });
  assert.equal((await window(resultId))[0][2], "hunter2");
  assert.equal((await cell(resultId, 0, 2)).text, "hunter2");
  // Of this result only.
  assert.equal((await run()).rows[0][2], HIDDEN);
  await assert.rejects(
    client.request("result/reveal", { resultId, column: 3 }),
    (error) => error.data.code === "invalidParams",
  );
});

test("without a spool nothing else is sent", async () => {
  assert.equal((await client.rows("s", SQL))[0][2], HIDDEN);
});

test("people sort and filter by what is behind the dots", async () => {
  const { resultId } = await run();
  const filters = [{ column: 2, op: "contains", value: "hunter" }];
  const params = { resultId, sort: [], filters };
  const { viewId, rows } = await client.stream("result/view", params, 10, () => {});
  assert.equal(rows, 1);
  assert.deepEqual(await window(resultId, { viewId }), [["1", "ann", HIDDEN]]);
});

test("a chat or a tool cannot reveal, and cannot ask by filters", async () => {
  for (const actor of ["chat", "tool", "mcp"]) {
    const { resultId, rows } = await run({ actor });
    assert.equal(rows[0][2], HIDDEN);
    await assert.rejects(client.request("result/reveal", { resultId, column: 2 }), refused);
    for (const filter of [{ column: 2, op: "equals", value: "hunter2" }, { op: "isNotNull" }]) {
      const view = { resultId, sort: [], filters: [filter] };
      await assert.rejects(
        client.stream("result/view", view, 10, () => {}),
        refused,
      );
    }
    assert.equal((await window(resultId))[0][2], HIDDEN);
  }
});

test("the setting decides for people, never for agents", async () => {
  await client.request("guard/configure", { ...guardSettings, redact: "none" });
  assert.equal((await run()).rows[0][2], "hunter2");
  assert.equal((await run({ actor: "tool" })).rows[0][2], HIDDEN);
  await client.request("guard/configure", guardSettings);
  assert.equal((await run()).rows[0][2], HIDDEN);
});
