// tests/bench/run.mjs: how fast rows get from a server to the extension's reader, and to a CSV file,
// beside the npm drivers and beside a bare loop over the client library. Prints a table.
//
//   --rows=N (1000000)  --rounds=N (5)  --engines=postgres,mariadb,sqlite
//   --spool=N           also: N rows of the first engine into a spool, sorted, filtered, windowed
//   --helper=PATH --bare=FOLDER   what to measure; scripts/bench builds both
//
// Candidates take turns (interleaved), each in a process of its own that connects first and takes
// the time from sending the query to its last row. A ratio is the median of the ratios of the
// rounds, so that a slow minute of the machine hits both sides.
import { execFile, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs, promisify } from "node:util";
import { select, setup, table } from "./data.mjs";
import { Helper } from "./helper.mjs";
import { median } from "./numbers.mjs";
import { measureSpool } from "./spool.mjs";

const execute = promisify(execFile);
const here = import.meta.dirname;
const build = path.join(here, "../../build/bench");
const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    engines: { type: "string", default: "postgres,mariadb,sqlite" },
    spool: { type: "string", default: "0" },
    helper: { type: "string", default: path.join(build, "mydba") },
    bare: { type: "string", default: path.join(build, "tests/bench") },
  },
});
const rows = Number(options.rows);
const rounds = Number(options.rounds);
const sqliteFile = path.join(os.tmpdir(), `mydba-bench-${process.getuid()}-${rows}.db`);

const urls = {
  postgres: process.env.MYDBA_TEST_POSTGRES,
  mariadb: process.env.MYDBA_TEST_MARIADB,
  sqlite: `sqlite:${sqliteFile}`,
};
const driverOf = { postgres: "pg", mariadb: "mysql2", sqlite: "better-sqlite3" };
const aims = { postgres: 3, mariadb: 2, sqlite: 1.5 };

async function json(program, argv, extra = {}) {
  const { stdout } = await execute(program, argv, { maxBuffer: 1 << 20, ...extra });
  return JSON.parse(stdout);
}

/** The arguments of a bare loop before the query. */
function bareTarget(engine) {
  if (engine === "sqlite") return [sqliteFile];
  const url = new URL(urls[engine]);
  if (engine === "postgres") return [urls[engine]];
  return [
    url.hostname,
    url.port,
    url.username,
    decodeURIComponent(url.password),
    url.pathname.slice(1),
  ];
}

const driverTarget = (engine) => (engine === "sqlite" ? sqliteFile : urls[engine]);

const ways = {
  helper: (engine) =>
    json(process.execPath, [
      path.join(here, "drive_helper.mjs"),
      options.helper,
      urls[engine],
      select,
    ]),
  driver: (engine) =>
    json(process.execPath, [
      path.join(here, "drive_node.mjs"),
      driverOf[engine],
      driverTarget(engine),
      select,
    ]),
  async bare(engine) {
    const start = performance.now();
    const report = await json(path.join(options.bare, `bench_bare_${engine}`), [
      ...bareTarget(engine),
      select,
    ]);
    return { ...report, processMs: performance.now() - start };
  },
  export: (engine) =>
    new Promise((resolve, reject) => {
      const file = path.join(os.tmpdir(), `mydba-bench-${process.pid}.csv`);
      const out = openSync(file, "w");
      const start = performance.now();
      const child = spawn(options.helper, ["query", urls[engine], select, "--format", "csv"], {
        stdio: ["ignore", out, "inherit"],
      });
      child.once("exit", (code) => {
        const ms = performance.now() - start;
        closeSync(out);
        const bytes = statSync(file).size;
        rmSync(file);
        if (code === 0) resolve({ rows, ms, bytes });
        else reject(new Error(`export from ${engine}: exit ${code}`));
      });
    }),
};

async function prepare(engine) {
  if (engine === "sqlite" && existsSync(sqliteFile)) return;
  if (engine !== "sqlite") {
    const counted = await execute(options.helper, [
      "query",
      urls[engine],
      `SELECT count(*) FROM ${table}`,
      "--format",
      "csv",
    ]).catch(() => undefined);
    if (counted?.stdout.split("\n").includes(String(rows))) return;
  }
  console.error(`bench: filling ${engine} with ${rows} rows`);
  await execute(process.execPath, [
    path.join(here, "fill_node.mjs"),
    driverOf[engine],
    driverTarget(engine),
    JSON.stringify(setup(engine, rows)),
  ]);
}

async function measure(engine) {
  const seen = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round < rounds; ++round) {
    for (const [way, run] of Object.entries(ways)) {
      const report = await run(engine);
      if (report.rows !== rows) throw new Error(`${engine} ${way}: ${report.rows} rows`);
      seen[way].push(report);
    }
  }
  return seen;
}

const pairs = (over, under, field = "ms") => median(over.map((o, i) => o[field] / under[i].ms));
const verdict = (value, aim) =>
  `${value.toFixed(2)} (${value >= aim ? "reached" : "missed"}: ${aim})`;

function report(engine, { helper, driver, bare, export: exported }) {
  const times = (runs) => Math.round(median(runs.map((r) => r.ms)));
  const first = (runs) => median(runs.map((r) => r.firstRowMs));
  return {
    engine,
    "bare ms": times(bare),
    "helper ms": times(helper),
    [`driver ms`]: `${driverOf[engine]} ${times(driver)}`,
    "helper / driver": verdict(pairs(driver, helper), aims[engine]),
    "helper / bare": verdict(pairs(bare, helper), 0.5),
    "csv ms": times(exported),
    "csv / bare": verdict(pairs(bare, exported, "processMs"), 0.65),
    "first row ms: bare": first(bare).toFixed(1),
    "first row ms: helper": first(helper).toFixed(1),
    "helper peak MiB": (Math.max(...helper.map((r) => r.peakKiB)) / 1024).toFixed(1),
  };
}

async function measureStart() {
  const times = [];
  let idleKiB = 0;
  for (let i = 0; i < 21; ++i) {
    const start = performance.now();
    const helper = new Helper(options.helper);
    await helper.initialize();
    times.push(performance.now() - start);
    idleKiB = Math.max(idleKiB, helper.memory("VmRSS"));
    await helper.end();
  }
  return {
    "spawn to first reply ms": median(times).toFixed(1),
    "idle MiB": (idleKiB / 1024).toFixed(1),
  };
}

function print(record) {
  const width = Math.max(...Object.keys(record).map((key) => key.length));
  for (const [key, value] of Object.entries(record)) console.log(`${key.padEnd(width)}  ${value}`);
  console.log();
}

console.log(`${rows} rows of ten columns, medians of ${rounds} interleaved rounds\n`);
print(await measureStart());
for (const engine of options.engines.split(",")) {
  if (!urls[engine]) {
    console.log(`SKIPPED ${engine}: no server (scripts/db)\n`);
    continue;
  }
  await prepare(engine);
  print(report(engine, await measure(engine)));
}
if (Number(options.spool) > 0) {
  const engine = options.engines.split(",")[0];
  print(await measureSpool(options.helper, urls[engine], engine, Number(options.spool)));
}
