// Profiles of Redis and Valkey: what they say, and that they refuse what cannot be taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Client } from "./client.mjs";

const names = [
  "MYDBA_TEST_REDIS",
  "MYDBA_TEST_REDIS_8",
  "MYDBA_TEST_VALKEY",
  "MYDBA_TEST_VALKEY_9",
];
let client;
before(() => (client = new Client()));
after(() => client.end());

/** Of this test alone; others empty database 9. */
const database = (text) => {
  const url = new URL(text);
  url.pathname = "/8";
  return url.href;
};
const profile = (sessionId, sql, more = {}) =>
  client.request("profile/run", { sessionId, sql, ...more });
const value = async (session, command) => (await client.rows(session, command)).at(-1)?.at(-1);
const missing = ({ unavailable }, what) => unavailable.find((entry) => entry.what === what);

const writes = [
  "SET k 2",
  "DEL k",
  "GETDEL k",
  "EXPIRE k 1",
  "LPUSH l 1",
  "SORT l STORE m",
  "PFCOUNT h",
  "EVAL \"redis.call('set', KEYS[1], 2)\" 1 k",
  "SPOP s",
  "PUBLISH c m",
  "CONFIG SET slowlog-log-slower-than 0",
  "CONFIG RESETSTAT",
  "SELECT 3",
  "HELLO 2",
  "AUTH default x",
  "MULTI",
  "FLUSHDB",
  "SCRIPT FLUSH",
  "NOSUCHCOMMAND",
];

for (const name of names) {
  const url = process.env[name];
  const options = { skip: !url && `SKIPPED: ${name} is not set` };

  test(`${name}: the time of a command has parts that add up`, options, async () => {
    await client.open(name, database(url));
    await client.rows(name, "FLUSHDB");
    await client.rows(name, "EVAL \"for i=1,50000 do redis.call('rpush', KEYS[1], i) end\" 1 l");
    await client.rows(name, "SET k 1");
    const small = await profile(name, "GET k");
    assert.deepEqual(
      small.stages.map((stage) => stage.name),
      ["Network and queue", "Execution", "Reply"],
    );
    const sum = small.stages.reduce((ms, stage) => ms + stage.durationMs, 0);
    assert.ok(Math.abs(sum - small.totals.totalMs) < 0.001);
    assert.ok(small.totals.serverMs <= small.totals.totalMs);
    const facts = small.stages[1].extra;
    assert.match(facts.find((fact) => fact.name === "complexity").value, /^O\(1\)/);
    assert.match(facts.find((fact) => fact.name === "key k").value, /^string, int, 1 byte, about/);
    assert.ok(facts.some((fact) => fact.name.startsWith("usual latency")));
    assert.equal(small.metrics.find((metric) => metric.name === "keyspace_hits").value, 1);
    assert.deepEqual(small.notices, []);
  });

  test(`${name}: what takes long is said, with the reason`, options, async () => {
    const large = await profile(name, "LRANGE l 0 -1");
    assert.equal(large.totals.rows, 50000);
    assert.ok(large.totals.serverMs > 0.1, `${large.totals.serverMs} ms`);
    assert.match(large.notices[0], /^LRANGE takes longer the more there is \(O\(S\+N\)/);
    const facts = large.stages[1].extra.find((fact) => fact.name === "key l");
    assert.match(facts.value, /^list, quicklist, 50,000 elements, about/);
  });

  test(`${name}: what writes is refused, and nothing changes`, options, async () => {
    const state = async () => [
      await value(name, "GET k"),
      await value(name, "LLEN l"),
      await value(name, "DBSIZE"),
      await value(name, "CONFIG GET slowlog-log-slower-than"),
      await value(name, "CLIENT INFO").then((info) => / db=(\d+)/.exec(info)[1]),
    ];
    const before = await state();
    for (const command of writes)
      await assert.rejects(
        profile(name, command, { enableInstruments: true }),
        /is not profiled|is not run here|blocked|refused/,
        command,
      );
    assert.deepEqual(await state(), before);
    await assert.rejects(profile(name, "LRANGE k 0 1"), /wrong kind of value/);
    assert.equal((await profile(name, "GET nothing")).totals.rows, 0);
  });

  test(
    `${name}: others are only listened to with consent, without their data`,
    options,
    async () => {
      const without = await profile(name, "LRANGE l 0 -1");
      assert.equal(missing(without, "Commands of other clients meanwhile").canEnable, true);
      await client.open("other", database(url));
      let busy = true;
      const traffic = (async () => {
        while (busy) await client.rows("other", "SET secret-name secret-value");
      })();
      let told = "";
      // Until the other client has sent something just then.
      for (let i = 0; i < 50 && !/SET [1-9]/.test(told); ++i) {
        const result = await profile(name, "LRANGE l 0 -1", { enableInstruments: true });
        assert.equal(missing(result, "Commands of other clients meanwhile"), undefined);
        told = result.notices.find((notice) => notice.startsWith("MONITOR listened"));
        assert.ok(!JSON.stringify(result).includes("secret"));
      }
      busy = false;
      await traffic;
      assert.match(told, /commands? of other clients: .*SET [1-9]/);
      assert.ok(!(await value(name, "CLIENT LIST")).includes("cmd=monitor"));
      await client.request("connection/close", { sessionId: "other" });
    },
  );

  test(`${name}: what the user may not ask is missing, and said`, options, async () => {
    await client.rows(
      name,
      "ACL SETUSER poor on >mydba-test ~* +get +select +ping +auth +echo +command +client|setname +client|id",
    );
    const poor = new URL(database(url));
    poor.username = "poor";
    await client.open("poor", poor.href);
    const result = await profile("poor", "GET k", { enableInstruments: true });
    assert.ok(result.totals.totalMs > 0);
    assert.deepEqual(
      result.stages.map((stage) => stage.name),
      ["Network, queue and execution", "Reply"],
    );
    assert.ok(result.stages[0].extra.some((fact) => fact.name === "fastest PING"));
    for (const [what, fix] of [
      ["Execution time on the server", /\+info/],
      ["Slow log", /\+slowlog/],
      ["What the keys hold", /\+type/],
      ["Commands of other clients meanwhile", /\+monitor/],
    ])
      assert.match(missing(result, what).fix, fix, what);
    await client.request("connection/close", { sessionId: "poor" });
    await client.rows(name, "ACL DELUSER poor");
    await client.rows(name, "FLUSHDB");
    await client.request("connection/close", { sessionId: name });
  });
}
