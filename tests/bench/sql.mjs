// tests/bench/sql.mjs [ROUNDS]: how fast SQL is read and judged, beside libpg_query,
// pt-query-digest and sqlfluff over the same statements, in one run. Times are of the core. Prints a table; every
// number is a median.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { median } from "./numbers.mjs";

const execute = promisify(execFile);
const build = path.join(import.meta.dirname, "../../build/bench/tests/bench");
const rounds = process.argv[2] ?? "9";
const digestMegabytes = 2;
const aims = { lex: 400, fingerprint: 250 };
const guardAim = 50;

async function lines(program, argument) {
  const { stdout } = await execute(path.join(build, program), [argument], { maxBuffer: 1 << 24 });
  return stdout.trim().split("\n").map(JSON.parse);
}

/** A slow log of the statements, as a MySQL server writes it. */
function slowLog(statements) {
  const head =
    "# Time: 2024-03-05T12:00:00.000000Z\n# User@Host: app[app] @ localhost []  Id: 8\n" +
    "# Query_time: 0.010000  Lock_time: 0.000100 Rows_sent: 1  Rows_examined: 100\n" +
    "SET timestamp=1709640000;\n";
  const once = statements.map((sql) => `${head}${sql};\n`).join("");
  return once.repeat(Math.ceil((digestMegabytes * 1e6) / once.length));
}

/** Seconds of the core that a command takes. */
async function coreSeconds(...command) {
  const script = 'TIMEFORMAT="%U %S"; time "$@"; true';
  const { stderr } = await execute("bash", ["-c", script, "-", ...command], {
    maxBuffer: 1 << 26,
  });
  const [user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return user + system;
}

/** MB/s of pt-query-digest over the log, of its SQL alone. */
const digestRate = async (file, megabytes) =>
  megabytes / (await coreSeconds("pt-query-digest", "--no-report", file));

/** µs per KB of sqlfluff with all its rules over the statements, without what it takes to begin. */
async function fluffCost(folder) {
  const lint = (file) => coreSeconds("sqlfluff", "lint", "--dialect", "postgres", file);
  const [script, nothing] = ["script.sql", "nothing.sql"].map((name) => path.join(folder, name));
  const text = statements.map((sql) => `${sql};\n`).join("");
  writeFileSync(script, text);
  writeFileSync(nothing, "SELECT 1;\n");
  const seconds = (await lint(script)) - (await lint(nothing));
  return (seconds * 1e6) / (text.length / 1024);
}

const [statements] = await lines("bench_sql", "--statements");
let fluff;
const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-bench-sql-"));
try {
  const file = path.join(folder, "slow.log");
  const log = slowLog(statements);
  writeFileSync(file, log);
  const perRound = statements.join("").length / statements.length;
  const entries = log.split("# Time:").length - 1;
  const digest = [];
  for (let round = 0; round < 3; ++round)
    digest.push(await digestRate(file, (entries * perRound) / 1e6));
  fluff = await fluffCost(folder);
  console.log("| what | MB/s | aim | beside libpg_query |\n| --- | --- | --- | --- |");
  const rates = await lines("bench_sql", rounds);
  const peer = rates.find(({ name }) => name === "libpg_query").mbPerSecond;
  rates.push({ name: "pt-query-digest", mbPerSecond: median(digest) });
  for (const { name, mbPerSecond } of rates)
    console.log(
      `| ${name} | ${mbPerSecond.toFixed(1)} | ${aims[name] ?? ""} | ${(mbPerSecond / peer).toFixed(1)} |`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A table of microseconds per KB, by shape and size; `aim` is for 1 KB. */
async function costs(title, program, aim) {
  const measured = await lines(program, rounds);
  const sizes = [
    ...new Set(measured.map(({ bytes }) => 10 ** Math.round(Math.log10(bytes / 1024)))),
  ];
  console.log(`\n${title}, µs per KB${aim ? ` (aim at 1 KB: ${aim})` : ""}, by size in KB`);
  console.log(`| dialect | shape | ${sizes.join(" | ")} |`);
  console.log(`| --- | --- |${" --- |".repeat(sizes.length)}`);
  for (let i = 0; i < measured.length; i += sizes.length) {
    const row = measured.slice(i, i + sizes.length).map(({ microsPerKb }) => microsPerKb);
    console.log(`| ${measured[i].dialect} | ${measured[i].shape} | ${row.join(" | ")} |`);
  }
  const small = measured.filter(({ bytes }) => bytes < 2048).map(({ microsPerKb }) => microsPerKb);
  console.log(`\nat 1 KB: median ${median(small)} µs, worst shape ${Math.max(...small)} µs`);
}

await costs("guard", "bench_guard", guardAim);
await costs("rules for SQL text", "bench_lint");
console.log(`\nsqlfluff over the statements of the first table: ${fluff.toFixed(0)} µs per KB`);
