// The process list as a client sees it: which statements can be explained from it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

// Of each pair the first has a plan, the second has none.
const sqlServers = {
  postgres: {
    env: "MYDBA_TEST_POSTGRES",
    sleeps: ["SELECT pg_sleep(300)", "DO 'BEGIN PERFORM pg_sleep(300); END'"],
  },
  mysql: { env: "MYDBA_TEST_MYSQL", sleeps: ["SELECT sleep(300)", "DO sleep(300)"] },
  mariadb: { env: "MYDBA_TEST_MARIADB", sleeps: ["SELECT sleep(300)", "DO sleep(300)"] },
};
const keyServers = { redis: "MYDBA_TEST_REDIS", valkey: "MYDBA_TEST_VALKEY" };

let client;
before(() => {
  client = new Client();
});
after(async () => {
  assert.equal(await client.end(), 0);
});

/** The list's entry of a statement, once it is there. */
async function running(sessionId, sql) {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const { processes } = await client.request("process/list", { sessionId });
    const found = processes.find((process) => process.active && process.sql === sql);
    if (found) return found;
  }
  throw new Error(`${sql} never showed in the process list`);
}

const skipWithout = (env) => (process.env[env] ? {} : { skip: `${env} is not set` });

for (const [name, { env, sleeps }] of Object.entries(sqlServers))
  test(
    `${name}: a statement that has a plan can be explained while it runs`,
    skipWithout(env),
    async () => {
      await client.open(name, process.env[env]);
      await client.open("other", process.env[env]);
      for (const [i, sleep] of sleeps.entries()) {
        const run = client.stream("query/run", { sessionId: "other", sql: sleep }, 10, () => {});
        const { sql, explainable } = await running(name, sleep);
        assert.equal(explainable, i === 0, sleep);
        const explained = client.request("plan/explain", { sessionId: name, sql });
        if (explainable) assert.ok((await explained).tree.root.operation);
        else await assert.rejects(explained);
        client.cancel(run);
      }
      await client.request("connection/close", { sessionId: "other" });
      await client.request("connection/close", { sessionId: name });
    },
  );

for (const [name, env] of Object.entries(keyServers))
  test(`${name}: nothing can be explained`, skipWithout(env), async () => {
    await client.open(name, process.env[env]);
    const { processes } = await client.request("process/list", { sessionId: name });
    assert.ok(processes.length > 0);
    assert.ok(processes.every(({ explainable }) => explainable === undefined));
    await client.request("connection/close", { sessionId: name });
  });
