// A server that is stopped in the middle of a statement, and addresses that never answer. The
// promise is the same for every engine: a cancel is answered within 200 ms, and nothing else waits.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import net from "node:net";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

const promisedMs = 200;

const servers = [
  {
    name: "postgres",
    env: "MYDBA_TEST_POSTGRES",
    sleep: "SELECT pg_sleep(300)",
    shows: "pg_sleep",
  },
  { name: "mysql", env: "MYDBA_TEST_MYSQL", sleep: "SELECT sleep(300)", shows: "sleep" },
  { name: "mariadb", env: "MYDBA_TEST_MARIADB", sleep: "SELECT sleep(300)", shows: "sleep" },
  { name: "redis", env: "MYDBA_TEST_REDIS", sleep: "BLPOP mydba-nothing 300", shows: "blpop" },
  { name: "valkey", env: "MYDBA_TEST_VALKEY", sleep: "BLPOP mydba-nothing 300", shows: "blpop" },
];

/** A process and all its descendants: PostgreSQL has one process a connection. */
function processTree(pid) {
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return [
    pid,
    ...children
      .split("\n")
      .filter(Boolean)
      .flatMap((child) => processTree(Number(child))),
  ];
}

function childrenOf(pid) {
  try {
    return processTree(pid);
  } catch {
    return [pid]; // ps exits with 1 when there are none
  }
}

async function elapsed(promise) {
  const start = performance.now();
  await promise.then(
    () => {},
    () => {},
  );
  return performance.now() - start;
}

let client;
before(() => {
  client = new Client();
});
after(async () => {
  assert.equal(await client.end(), 0);
});

/** Waits until the process list shows the statement. */
async function untilRunning(sessionId, text) {
  for (let tries = 0; tries < 200; ++tries) {
    const { processes } = await client.request("process/list", { sessionId });
    if (
      processes.some((process) => !process.own || process.active) &&
      processes.some((process) =>
        `${process.sql ?? ""} ${process.command ?? ""}`.toLowerCase().includes(text),
      )
    )
      return;
  }
  throw new Error(`${text} never showed in the process list`);
}

for (const server of servers) {
  const url = process.env[server.env];
  const options = url ? {} : { skip: `${server.env} is not set` };
  test(
    `${server.name} stopped in mid-statement: cancel is answered, the rest goes on`,
    options,
    async () => {
      const other = servers.find((candidate) => candidate !== server && process.env[candidate.env]);
      await client.open(server.name, url);
      if (other) await client.open("other", process.env[other.env]);
      const run = client.stream(
        "query/run",
        { sessionId: server.name, sql: server.sleep },
        10,
        () => {},
      );
      await untilRunning(server.name, server.shows);
      const stopped = childrenOf(Number(process.env[`${server.env}_PID`]));
      for (const pid of stopped) process.kill(pid, "SIGSTOP");
      try {
        const stuckTree = client.request("tree/children", { sessionId: server.name, path: [] });
        if (other) {
          const tree = await elapsed(
            client.request("tree/children", { sessionId: "other", path: [] }),
          );
          assert.ok(tree < 2000, `the tree of another connection took ${tree} ms`);
        }
        const answered = run.then(
          () => "finished",
          (error) => error.data.code,
        );
        const start = performance.now();
        client.cancel(run);
        assert.equal(await answered, "cancelled");
        const took = performance.now() - start;
        assert.ok(took <= promisedMs, `cancel was answered after ${took} ms`);
        client.cancel(stuckTree);
        assert.ok((await elapsed(stuckTree)) <= promisedMs);
      } finally {
        for (const pid of stopped) process.kill(pid, "SIGCONT");
      }
      // The connection is usable again, or was made anew.
      const alive = await client.request("tree/children", { sessionId: server.name, path: [] });
      assert.ok(alive.nodes.length > 0);
      await client.request("connection/close", { sessionId: server.name });
      await client.request("connection/close", { sessionId: "other" });
    },
  );

  test(`${server.name}: a connect attempt that is never answered can be cancelled`, async () => {
    // Accepts and stays silent: the worst kind of firewall.
    const silent = net.createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const profile = {
      id: "silent",
      name: "silent",
      engine: server.name,
      host: "127.0.0.1",
      port: silent.address().port,
    };
    const connected = new Promise((resolve) => silent.once("connection", resolve));
    const open = client.request("connection/open", { profile });
    const answered = open.then(
      () => "opened",
      (error) => error.data.code,
    );
    (await connected).on("error", () => {});
    const start = performance.now();
    client.cancel(open);
    assert.equal(await answered, "cancelled");
    const took = performance.now() - start;
    assert.ok(took <= promisedMs, `cancel was answered after ${took} ms`);
    silent.close();
  });

  test(`${server.name}: a connect attempt ends at its time-out`, async () => {
    const silent = net
      .createServer((socket) => socket.on("error", () => {}))
      .listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const profile = {
      id: "silent",
      name: "silent",
      engine: server.name,
      host: "127.0.0.1",
      port: silent.address().port,
      connectTimeoutMs: 300,
    };
    const start = performance.now();
    await assert.rejects(client.request("connection/open", { profile }), (error) => {
      assert.equal(error.data.code, "timeout");
      assert.ok(error.data.hint, "says what to do");
      return true;
    });
    const took = performance.now() - start;
    assert.ok(took >= 250 && took < 2000, `took ${took} ms`);
    silent.close();
  });
}
