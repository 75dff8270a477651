// Instruments of the performance schema are switched on for a profile only with consent, and are as
// before however it ends: with success, an error, a cancellation, a lost connection, and SIGKILL of
// the helper or of the command line. The settings are given an unusual state first, so that
// "switched off" is not taken for "as before".
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { Client, environment, helperPath } from "./client.mjs";

const patience = 5000;
const marker = `profile_${process.pid}`;

async function sql(url, text) {
  const { stdout, stderr, status } = await mydba(["query", url, text, "--format", "csv", "--yes"]);
  assert.equal(status, 0, stderr);
  return stdout;
}

const settings = (url) =>
  sql(
    url,
    `SELECT NAME, ENABLED, TIMED FROM performance_schema.setup_instruments ORDER BY NAME;
     SELECT NAME, ENABLED FROM performance_schema.setup_consumers ORDER BY NAME`,
  );

/** Waits until `found` gives something else than false or undefined. */
async function until(found, what) {
  const deadline = Date.now() + patience;
  for (;;) {
    const value = await found();
    if (value) return value;
    assert.ok(Date.now() < deadline, `not within ${patience} ms: ${what}`);
  }
}

/** The session that runs the marked statement, once all is switched on for it. */
const running = (url) =>
  until(async () => {
    const text = await sql(
      url,
      `SELECT ID FROM information_schema.PROCESSLIST
       WHERE INFO LIKE 'SELECT SLEEP(%${marker}%' AND ID <> CONNECTION_ID()`,
    );
    return text.split("\n")[1];
  }, "the statement runs");

const isOn = async (url) =>
  (
    await sql(
      url,
      "SELECT ENABLED FROM performance_schema.setup_consumers WHERE NAME = 'events_stages_history_long'",
    )
  ).includes("YES");

const asBefore = (url, before) =>
  until(async () => (await settings(url)) === before, "the settings are as before");

/** Processes that one has started and not waited for. */
const childrenOf = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8"))
    .join("");

const sleep = (seconds) => `SELECT SLEEP(${seconds}), '${marker}'`;

async function open(url) {
  const client = new Client();
  await client.open("s", url);
  const profile = (text) =>
    client.request("profile/run", { sessionId: "s", sql: text, enableInstruments: true });
  return { client, profile };
}

const ends = {
  async success(url) {
    const { client, profile } = await open(url);
    const run = await profile(sleep(0.3));
    assert.deepEqual(
      run.stages.filter(({ approximate }) => approximate),
      [],
    );
    const slept = run.stages.find(({ name }) => name === "stage/sql/User sleep");
    assert.ok(
      slept.durationMs >= 290 && slept.durationMs <= run.totals.totalMs,
      JSON.stringify(slept),
    );
    assert.ok(slept.startMs >= 0 && slept.startMs < 290);
    assert.ok(Math.abs(run.totals.serverMs - run.totals.totalMs) < 100);
    assert.ok(
      run.notices.some((text) => text.includes("again as they were")),
      run.notices.join("\n"),
    );
    for (let i = 0; i < 5; ++i) await profile(sleep(0));
    assert.equal(childrenOf(client.pid), "");
    await client.end();
  },

  async error(url) {
    const { client, profile } = await open(url);
    await assert.rejects(profile("SELECT SLEEP(0.1), (SELECT 1 UNION SELECT 2)"));
    await client.end();
  },

  async cancel(url) {
    const { client, profile } = await open(url);
    const run = profile(sleep(60));
    await running(url);
    assert.ok(await isOn(url));
    client.cancel(run);
    await assert.rejects(run);
    await client.end();
  },

  async "a lost connection"(url) {
    const { client, profile } = await open(url);
    const run = profile(sleep(60));
    const id = await running(url);
    assert.ok(await isOn(url));
    await sql(url, `KILL CONNECTION ${id}`);
    await assert.rejects(run);
    await client.end();
  },

  async "SIGKILL of the helper"(url) {
    const { client, profile } = await open(url);
    profile(sleep(60));
    const id = await running(url);
    assert.ok(await isOn(url));
    process.kill(client.pid, "SIGKILL");
    await client.exited;
    return id;
  },

  // The second process has been told what to do, and nobody hears that it is done.
  async "SIGKILL of the helper before all is on"(url) {
    const { hostname, port, username, password } = new URL(url);
    const stdio = ["pipe", "pipe", "ignore"];
    const child = spawn(helperPath(), ["restore-instruments"], { env: environment, stdio });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.stdout.destroy();
    const target = { host: hostname, port: Number(port), user: username, password, tls: 1 };
    child.stdin.end(`${JSON.stringify({ ...target, socket: "", tlsCa: "" })}\n`);
    assert.equal(await exited, 0);
  },

  async "SIGKILL of the command line and its process group"(url) {
    const child = spawn(
      helperPath(),
      ["profile", url, sleep(60), "--enable-instruments", "--yes"],
      { env: environment, stdio: "ignore", detached: true },
    );
    const exited = new Promise((resolve) => child.once("exit", resolve));
    const id = await running(url);
    assert.ok(await isOn(url));
    process.kill(-child.pid, "SIGKILL");
    await exited;
    return id;
  },
};

for (const server of ["MYSQL", "MARIADB", "MARIADB_11_8"])
  for (const [end, run] of Object.entries(ends)) {
    const url = process.env[`MYDBA_TEST_${server}`];
    const skip = url ? false : `MYDBA_TEST_${server} is not set`;
    test(`${server.toLowerCase()}: settings are as before after ${end}`, { skip }, async () => {
      const original = await settings(url);
      assert.equal(await isOn(url), false);
      await sql(
        url,
        `UPDATE performance_schema.setup_instruments SET ENABLED = 'YES', TIMED = 'NO' WHERE NAME = 'stage/sql/init';
         UPDATE performance_schema.setup_consumers SET ENABLED = 'YES' WHERE NAME = 'events_stages_current'`,
      );
      const before = await settings(url);
      try {
        const left = await run(url);
        await asBefore(url, before);
        // The server does not notice that the client is gone before the statement ends.
        if (left) await sql(url, `KILL ${left}`);
      } finally {
        await sql(
          url,
          `UPDATE performance_schema.setup_instruments SET ENABLED = 'NO', TIMED = 'NO' WHERE NAME = 'stage/sql/init';
           UPDATE performance_schema.setup_consumers SET ENABLED = 'NO' WHERE NAME = 'events_stages_current'`,
        );
      }
      assert.equal(await settings(url), original);
    });
  }

for (const server of ["MYSQL", "MARIADB"]) {
  const url = process.env[`MYDBA_TEST_${server}`];
  const skip = url ? false : `MYDBA_TEST_${server} is not set`;
  test(
    `${server.toLowerCase()}: an account without the privilege is told so`,
    { skip },
    async () => {
      const account = `p_${process.pid}`;
      const before = await settings(url);
      await sql(
        url,
        `CREATE USER ${account} IDENTIFIED BY 'Profile-1'; GRANT SELECT ON performance_schema.* TO ${account}`,
      );
      try {
        const own = new URL(url);
        own.username = account;
        own.password = "Profile-1";
        own.pathname = "/performance_schema";
        const { client, profile } = await open(own.href);
        const run = await profile(sleep(0.05));
        const stages = run.unavailable.find(({ what }) => what.startsWith("Stages"));
        assert.match(stages.reason, /not switched on: .*denied/);
        assert.equal(stages.canEnable, false);
        assert.match(stages.fix, /^GRANT SELECT, UPDATE ON performance_schema/);
        assert.ok(run.stages.length > 0, "SHOW PROFILE needs no privilege");
        await client.end();
        assert.equal(await settings(url), before);
      } finally {
        await sql(url, `DROP USER ${account}`);
      }
    },
  );
}
