// `mydba ask intent --url`: the tables that a sentence is about come from a server.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "./run.mjs";

let folder;
before(() => (folder = mkdtempSync(path.join(os.tmpdir(), "mydba-intent-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

const made = `CREATE TABLE IF NOT EXISTS hangars (id INT PRIMARY KEY, town VARCHAR(40));
  CREATE TABLE IF NOT EXISTS gliders (id INT PRIMARY KEY, wingspan INT, hangar_id INT,
    FOREIGN KEY (hangar_id) REFERENCES hangars (id));`;
const servers = {
  sqlite: () => `sqlite:${folder}/gliders.db`,
  postgres: () => process.env.MYDBA_TEST_POSTGRES,
  mysql: () => process.env.MYDBA_TEST_MYSQL,
  mariadb: () => process.env.MYDBA_TEST_MARIADB,
};
const ask = async (url, text) => {
  const { stdout, stderr, status } = await mydba(["ask", "intent", text, "--url", url, "--json"]);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
};
const lines = ({ stdout }) => stdout.trim().split("\n").map(JSON.parse);

for (const [engine, url] of Object.entries(servers))
  test(
    `${engine}: tables are the server's, statements are in its dialect and run there`,
    { skip: !url() && "no server" },
    async () => {
      const writable = engine === "sqlite" ? `${url()}?mode=rwc` : url();
      const setUp = await mydba(["query", writable, made, "--yes"]);
      assert.equal(setUp.status, 0, setUp.stderr);

      const counted = await ask(url(), "how many gliders are there?");
      assert.deepEqual([counted.intent, counted.tables], ["count", ["gliders"]]);
      assert.match(counted.sql, engine === "sqlite" || engine === "postgres" ? /"/ : /`/);
      const run = await mydba(["query", url(), counted.sql, "--read-only", "--json"]);
      assert.deepEqual(JSON.parse(run.stdout).results[0].rows, [[0]], run.stderr);

      const change = await ask(url(), "delete all gliders");
      assert.deepEqual([change.intent, change.confirm], ["modify", true]);
      assert.deepEqual((await ask(url(), "how many zeppelins are there?")).tables, []);

      const shown = { text: "show me hangars in Oslo", intent: "retrieve", tables: ["hangars"] };
      const input = [
        { id: 1, text: "show gliders with wingspan over 15" },
        { id: 2, text: "only 10", history: [shown] },
      ];
      const [wide, ten] = lines(
        await mydba(["ask", "intent", "--jsonl", "--url", url()], {
          input: input.map((line) => JSON.stringify(line)).join("\n"),
        }),
      );
      assert.match(wide.sql, /wingspan.? > 15/);
      assert.deepEqual([ten.tables, ten.limit], [["hangars"], 10]);
    },
  );

for (const name of ["MYDBA_TEST_REDIS", "MYDBA_TEST_VALKEY"])
  test(
    `${name}: a server without tables`,
    { skip: !process.env[name] && "no server" },
    async () => {
      const { intent, tables } = await ask(process.env[name], "how many keys are there?");
      assert.equal(intent, "count");
      assert.deepEqual(tables, []);
    },
  );

test("what cannot be used is told, and nothing is made", async () => {
  const missing = path.join(folder, "none.db");
  for (const [flags, expected, message] of [
    [["--url", "sqlite:a.db", "--catalogue", "a.json"], 2, /^mydba: ask intent: .*; give one/],
    [["--url", "nonsense://host"], 2, /^mydba: connect: /],
    [["--url", `sqlite:${missing}`], 3, /^mydba: connect: .+; .+/],
    [["--url", "postgres://nobody:hidden@127.0.0.1:1/x"], 3, /^mydba: connect: .+; .+/],
  ]) {
    const { status, stdout, stderr } = await mydba(["ask", "intent", "how many?", ...flags]);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /hidden/);
    assert.deepEqual([status, stdout], [expected, ""], stderr);
  }
  assert.ok(!existsSync(missing));
});
