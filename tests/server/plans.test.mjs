// Plans that the helper keeps, opens and compares (protocol domain "plan").
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

let folder;
let client;
const url = () => `sqlite:${path.join(folder, "a.db")}`;
const sql = (value) => `SELECT * FROM orders WHERE email = '${value}'`;

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-plans-"));
  writeFileSync(path.join(folder, "a.db"), ""); // an empty file is an empty database
  client = new Client([], { env: { MYDBA_PLAN_FILE: path.join(folder, "plans.db") } });
  await client.open("s", url());
  await client.rows("s", "CREATE TABLE orders (id INTEGER PRIMARY KEY, email TEXT)");
});
after(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const explain = (value) => client.request("plan/explain", { sessionId: "s", sql: sql(value) });
const records = async () =>
  (await client.request("plan/history", { sessionId: "s", sql: sql("anybody") })).records;

test("plans are kept by statement and shape, without its values", async () => {
  await explain("ann@example.com");
  const again = await explain("bob@example.com");
  assert.equal(again.tree.earlier.length, 1, "the other value's plan is an earlier one");
  await client.rows("s", "CREATE INDEX orders_email ON orders (email)");
  const { tree } = await explain("ann@example.com");
  assert.equal(tree.earlier[0].count, 2);
  const kept = await records();
  assert.equal(kept.length, 2);
  const stored = readFileSync(path.join(folder, "plans.db"), "latin1");
  assert.ok(stored.includes("orders_email"));
  assert.ok(!stored.includes("example.com"));
});

test("a kept plan is recalled, compared with today's and pinned", async () => {
  const [today, first] = await records();
  const before = await client.request("plan/recall", { id: first.id });
  const after = await client.request("plan/recall", { id: today.id });
  const { changes, verdict } = await client.request("plan/compare", {
    before: before.tree,
    after: after.tree,
  });
  assert.equal(verdict.sameShape, false);
  assert.deepEqual(
    changes.map(({ kind, text }) => `${kind}: ${text}`),
    ["replaced: SCAN on orders became SEARCH on orders using orders_email"],
  );
  await client.request("plan/pin", { id: first.id, pinned: true });
  assert.deepEqual(
    (await records()).map(({ pinned }) => pinned),
    [false, true],
  );
  await assert.rejects(client.request("plan/recall", { id: 999 }), /not kept any more/);
});

test("a text with a plan is opened, one without says what can be read", async () => {
  const { plans } = await client.request("plan/open", {
    text: "2|0|SCAN orders\n",
    engine: "sqlite",
    version: "3.40",
  });
  assert.equal(plans.length, 1);
  assert.equal(plans[0].version, "3.40");
  await assert.rejects(
    client.request("plan/open", { text: "hello" }),
    /this text holds no query plan/,
  );
});

const postgres = process.env.MYDBA_TEST_POSTGRES;
test(
  "thresholds of a request count",
  { skip: !postgres && "SKIPPED: MYDBA_TEST_POSTGRES is not set" },
  async () => {
    await client.open("p", postgres);
    const params = { sessionId: "p", sql: "SELECT * FROM pg_class WHERE relpages > 0" };
    const ids = ({ findings }) => findings.map(({ id }) => id);
    assert.ok(!ids(await client.request("plan/explain", params)).includes("full-table-scan"));
    const thresholds = [{ name: "full-table-scan.rows", value: 10 }];
    const lower = await client.request("plan/explain", { ...params, thresholds });
    assert.ok(ids(lower).includes("full-table-scan"));
  },
);

test("neither plans nor indexes that are sent are written to the log", async () => {
  const log = [];
  const talking = new Client(["--log=debug"], { stderr: (text) => log.push(text) });
  await talking.open("s", url());
  const index = "CREATE INDEX tried ON orders (email) WHERE email > 'bob@example.com'";
  const { before, after } = await talking.request("whatif/indexes", {
    sessionId: "s",
    sql: sql("bob@example.com"),
    indexes: [index],
  });
  await talking.request("plan/compare", { before: before.tree, after: after.tree });
  await talking.end();
  const text = log.join("");
  assert.match(text, /whatif\/indexes.*plan\/compare/s);
  assert.doesNotMatch(text, /example/);
});

test("a store that cannot be opened costs no plan", async () => {
  const broken = new Client(["--log=error"], {
    env: { MYDBA_PLAN_FILE: path.join(folder, "no", "such", "folder.db") },
    stderr: () => {},
  });
  await broken.open("s", url());
  const { tree } = await broken.request("plan/explain", { sessionId: "s", sql: sql("x") });
  assert.match(tree.warnings.at(-1), /^this plan was not kept: /);
  await broken.end();
});
