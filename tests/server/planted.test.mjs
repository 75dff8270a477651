// 10,000 random statements with planted secrets, values and comments: nothing that is written down,
// shown to others or counted has one of them in it.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "../cli/run.mjs";
import { Client } from "./client.mjs";
import { findMarker, plantedStatements } from "./planted.mjs";

const COUNT = Number(process.env.MYDBA_PLANTED ?? 10_000);
const SEED = Number(process.env.MYDBA_PLANTED_SEED ?? 20261121);
const statements = [...plantedStatements(COUNT, SEED)];
// What is run twice on a disk takes a minute whole: every fourth, unless a number was asked for.
const onDisk = process.env.MYDBA_PLANTED ? statements : statements.filter((_, i) => i % 4 === 0);
let folder;

before(() => (folder = mkdtempSync(path.join(os.tmpdir(), "mydba-planted-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

function assertClean(text, of) {
  const found = findMarker(text);
  assert.equal(
    found,
    undefined,
    `${of.dialect ?? ""}: ${of.sql ?? of}\ngave\n${text.slice(0, 2000)}`,
  );
}

/** Answers of a command that reads JSON lines, one for each statement. */
async function answersOf(...command) {
  const input = statements.map(({ id, sql, dialect }) => JSON.stringify({ id, sql, dialect }));
  const { stdout, stderr } = await mydba([...command, "--jsonl"], { input: input.join("\n") });
  assertClean(stderr, command.join(" "));
  return stdout.trimEnd().split("\n");
}

test("the statements are what they should be", () => {
  assert.equal(statements.length, COUNT);
  const planted = statements.filter(({ sql }) => findMarker(sql) !== undefined).length;
  assert.ok(planted > COUNT * 0.9, `${planted} of ${COUNT} have a marker`);
  assert.deepEqual(statements.slice(0, 50), [...plantedStatements(50, SEED)]);
});

for (const command of [
  ["sql", "anonymize"],
  ["sql", "anonymize", "--template"],
  ["sql", "fingerprint"],
  ["sql", "classify"],
  ["guard", "check", "--environment=prod", "--read-only"],
])
  test(`${command.join(" ")} tells none of them`, async () => {
    const lines = await answersOf(...command);
    assert.equal(lines.length, COUNT);
    lines.forEach((line, i) => assertClean(line, statements[i]));
  });

/** The environment of an audit log that is alone in a new folder. */
function ownAudit(name) {
  mkdirSync(path.join(folder, name));
  return { MYDBA_AUDIT_FILE: path.join(folder, name, "audit.db") };
}

/** The audit log as it lies on disk and as it is listed and exported. */
async function assertAuditIsClean(env) {
  for (const args of [["list"], ["list", "--json"], ["export"], ["export", "--format=csv"]]) {
    const { stdout, stderr } = await mydba(["audit", ...args], { env });
    assertClean(stdout + stderr, args.join(" "));
  }
  const listed = await mydba(["audit", "list", "--json"], { env });
  assert.ok(JSON.parse(listed.stdout).entries.length > 20, "they are entered");
  const own = path.dirname(env.MYDBA_AUDIT_FILE);
  for (const name of readdirSync(own))
    assertClean(readFileSync(path.join(own, name), "latin1"), name);
}

/** Runs statements in a helper that logs and traces all it can; returns what failed and the log. */
async function runAll(url, chosen, env = {}) {
  const trace = path.join(folder, "trace.json");
  const log = [];
  const client = new Client(["--log=debug", `--trace=${trace}`], {
    stderr: (text) => log.push(text),
    env,
  });
  await client.request("initialize", { clientName: "test", clientVersion: "0" });
  await client.open("s", url);
  // Ten thousand times on disk would take minutes, and prove nothing more.
  if (url.startsWith("sqlite:")) await client.rows("s", "PRAGMA synchronous = OFF");
  let failed = 0;
  for (const statement of chosen) {
    const run = client.stream(
      "query/run",
      { sessionId: "s", sql: statement.sql },
      100,
      ({ item }) => {
        // The event carries the user's own statement back; what a notice quotes is the server's.
        if (item?.kind === "notice" && statement.secrets) assertClean(item.message, statement);
      },
    );
    await run.catch((error) => {
      ++failed;
      if (statement.secrets) assertClean(`${error.message} ${error.data?.hint ?? ""}`, statement);
    });
  }
  await client.end();
  return { failed, log: log.join(""), trace: readFileSync(trace, "utf8") };
}

const SERVERS = {
  postgres: process.env.MYDBA_TEST_POSTGRES,
  mysql: process.env.MYDBA_TEST_MYSQL,
  mariadb: process.env.MYDBA_TEST_MARIADB,
  redis: process.env.MYDBA_TEST_REDIS,
};

/** Reads only: what is planted must not stay on a server that others use. */
const isHarmless = ({ sql, secrets }) =>
  secrets
    ? !/^(HELLO|CONFIG|MIGRATE|ACL)/.test(sql)
    : /^\s*(SELECT|GET|ECHO|PING|LRANGE)/.test(sql);

for (const [dialect, url] of Object.entries(SERVERS))
  test(
    `log, trace, errors and audit log of ${dialect}`,
    { skip: !url && "no server" },
    async () => {
      const chosen = statements.filter((s) => s.dialect === dialect && isHarmless(s));
      const env = ownAudit(dialect);
      const { failed, log, trace } = await runAll(url, chosen, env);
      assert.ok(failed > 0 && failed < chosen.length, `${failed} of ${chosen.length} failed`);
      assertClean(log, "the log");
      assertClean(trace, "the trace");
      assert.ok(log.includes("query/run"), "it was logged");
      await assertAuditIsClean(env);
    },
  );

test("log, trace and errors of SQLite, for statements of every dialect; audit log for SQL", async () => {
  const file = path.join(folder, "a.db");
  writeFileSync(file, "");
  const setup = "CREATE TABLE zz_t(a, b, c); CREATE TABLE zz_users(id, name, password)";
  await mydba(["query", `sqlite:${file}`, setup, "--yes"]);
  const { failed, log, trace } = await runAll(`sqlite:${file}`, onDisk);
  assert.ok(failed > 0 && failed < onDisk.length, `${failed} of ${onDisk.length} failed`);
  assertClean(log, "the log");
  assertClean(trace, "the trace");
  // A command of Redis can be taken for SQL: `SET key value`.
  const env = ownAudit("sqlite");
  const sql = onDisk.filter(({ dialect }) => dialect !== "redis");
  await runAll(`sqlite:${file}`, sql, env);
  await assertAuditIsClean(env);
});

test("audit log of the command line", async () => {
  const file = path.join(folder, "b.db");
  writeFileSync(file, "");
  const env = ownAudit("cli");
  const url = `sqlite:${file}`;
  const setup = "CREATE TABLE zz_t(a, b, c); CREATE TABLE zz_users(id, name, password)";
  await mydba(["query", url, setup, "--yes"], { env });
  const own = statements.filter(({ dialect }) => dialect === "sqlite");
  const changes = own
    .filter(({ sql }) => /INSERT|UPDATE|DELETE|ATTACH|PRAGMA/.test(sql))
    .slice(0, 150);
  let done = 0;
  for (const statement of changes) {
    const { status, stderr } = await mydba(["query", url, statement.sql, "--yes"], { env });
    if (status === 0) ++done;
    if (statement.secrets) assertClean(stderr, statement);
  }
  assert.ok(done > 20 && done < changes.length, `${done} of ${changes.length} were done`);
  await assertAuditIsClean(env);
});
