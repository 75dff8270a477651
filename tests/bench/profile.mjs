// tests/bench/profile.mjs [ROUNDS]: what a profile costs the statement that it measures. The same
// statement runs plain and profiled in turns, in a session of the same helper; the time is the
// processor's, as the server itself measures it (events_statements_history.CPU_TIME), so that
// neither client and network nor what else runs on the machine is in it. Needs MYDBA_TEST_MYSQL;
// prints medians, and those of the ratios to the plain run of the same round. The plain run that is
// measured again says how far two runs of the same differ.
import process from "node:process";
import { Client } from "../server/client.mjs";
import { median } from "./numbers.mjs";

const rounds = Number(process.argv[2] ?? 41);
const aim = 0.02;
const url = process.env.MYDBA_TEST_MYSQL;
const schema = [
  "DROP DATABASE IF EXISTS mydba_bench_profile",
  "CREATE DATABASE mydba_bench_profile",
  "USE mydba_bench_profile",
  "CREATE TABLE d (d INT PRIMARY KEY)",
  "INSERT INTO d VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
  "CREATE TABLE t (id INT PRIMARY KEY, k INT, v INT, s VARCHAR(40), KEY (k))",
  `INSERT INTO t SELECT a.d * 10000 + b.d * 1000 + c.d * 100 + e.d * 10 + f.d, c.d * 100 + e.d * 10 + f.d, b.d,
     LEFT(SHA2(a.d * 10000 + b.d * 1000 + c.d * 100 + e.d * 10 + f.d, 256), 40) FROM d a, d b, d c, d e, d f`,
  "ANALYZE TABLE t",
];
const measuresCpu = (on) =>
  `UPDATE performance_schema.setup_consumers SET ENABLED = '${on}' WHERE NAME = 'events_statements_cpu'`;
const statements = {
  "scan, 100,000 rows": "SELECT COUNT(*) FROM t WHERE v + 0 > 100",
  "group and sort": "SELECT k, SUM(v) FROM t GROUP BY k ORDER BY 2, 1 LIMIT 10",
  "join by an index": "SELECT SUM(b.v) FROM d a JOIN t b ON b.k = a.d * 7 JOIN t c ON c.k = b.k",
};

async function open(client, name) {
  await client.open(name, url);
  await client.rows(name, "USE mydba_bench_profile");
  const [[thread]] = await client.rows(
    name,
    "SELECT THREAD_ID FROM performance_schema.threads WHERE PROCESSLIST_ID = CONNECTION_ID()",
  );
  return thread;
}

/** Milliseconds of the processor for the last run of `sql` in a thread. */
async function cpuMs(client, thread, sql) {
  const rows = await client.rows(
    "watch",
    `SELECT CPU_TIME / 1e9 FROM performance_schema.events_statements_history
     WHERE THREAD_ID = ${thread} AND SQL_TEXT = '${sql}' ORDER BY EVENT_ID DESC LIMIT 1`,
  );
  return Number(rows[0][0]);
}

/** Milliseconds by mode, round by round. What runs first in a round changes, for it finds other caches. */
async function measure(client, thread, sql) {
  const plain = async () => {
    await client.rows("run", sql);
    await client.rows("run", "SELECT 0"); // the statement is in the history when the next is done
    return cpuMs(client, thread, sql);
  };
  const profile = (enableInstruments) => async () =>
    (await client.request("profile/run", { sessionId: "run", sql, enableInstruments })).totals
      .cpuMs;
  const modes = [plain, plain, profile(false), profile(true)];
  const times = modes.map(() => []);
  for (let round = -modes.length; round < rounds; ++round)
    for (let turn = 0; turn < modes.length; ++turn) {
      const mode = (round + modes.length + turn) % modes.length;
      const ms = await modes[mode]();
      if (round >= 0) times[mode].push(ms);
    }
  return times;
}

if (!url) throw new Error('MYDBA_TEST_MYSQL is not set: eval "$(scripts/db env)"');
const client = new Client();
for (const name of ["schema", "watch"]) await client.open(name, url);
for (const sql of schema) await client.rows("schema", sql);
await client.rows("schema", measuresCpu("YES"));
const thread = await open(client, "run");
console.log(
  "| statement | plain | plain again | profiled | with instruments | aim |\n" +
    "| --- | --- | --- | --- | --- | --- |",
);
for (const [name, sql] of Object.entries(statements)) {
  const [plain, ...others] = await measure(client, thread, sql);
  const cells = others.map((times) => {
    const ratio = median(times.map((ms, round) => ms / plain[round]));
    return `${median(times).toFixed(2)} ms, ${((ratio - 1) * 100).toFixed(2)} %`;
  });
  console.log(
    `| ${name} | ${median(plain).toFixed(2)} ms | ${cells.join(" | ")} | ${aim * 100} % |`,
  );
}
await client.rows("schema", measuresCpu("NO"));
await client.rows("schema", "DROP DATABASE mydba_bench_profile");
await client.end();
