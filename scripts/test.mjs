// scripts/test: runs the suites one after the other and goes on after one that fails.
//
// Suites wait most of their time, for servers and for the editor, and compilers never do. So builds run
// beside suites: first the release, which most suites need, then the one with sanitizers, which takes
// only the time of the processor that the suites leave. What needs that one comes last. No two builds
// run at once. What is not run is counted as skipped and named at the end: a server that could not be
// fetched, a test that says SKIPPED, a suite that runs only when it is named.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./paths.mjs";

const logs = path.join(root, "build", "test-logs");
const began = Date.now();
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`;
// Within the tests the same seed each time, so that nobody's build goes red by luck; a longer search
// (MYDBA_FUZZ_SECONDS=600) goes where chance leads it.
const fuzzSeconds = process.env.MYDBA_FUZZ_SECONDS;
const fuzzTime = fuzzSeconds
  ? [`-max_total_time=${fuzzSeconds}`]
  : ["-max_total_time=10", "-seed=1"];
const fuzzMs = Number(fuzzSeconds ?? 10) * 1000 + 110_000;
const suiteMs = 35 * 60_000;
const buildMs = 45 * 60_000;

const running = new Set();
/** Set when the run is asked to end; nothing is begun then. */
let ending;
/** Runs to the end with its output in a log file; never rejects. */
function run(name, command, { env, timeout = suiteMs, killSignal = "SIGKILL" } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout,
      killSignal,
    });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => (output += data));
    child.on("error", (error) => (output += error.message));
    child.on("close", (code, signal) => {
      running.delete(child);
      writeFileSync(path.join(logs, `${name}.log`), output);
      resolve({ status: signal ? `killed by ${signal}` : code, output });
    });
  });
}

const count = (output, pattern) => Number(output.match(pattern)?.[1] ?? 0);
const skips = (output) =>
  [...output.matchAll(/^.*?SKIPPED: (.*)$/gm)].map((match) => match[1].trim());

/** Readers of each runner's closing lines; a runner that ends without one has failed. */
const readers = {
  catch2(output) {
    const all =
      count(output, /All tests passed \(.* in (\d+) test cases?\)/) ||
      count(output, /test cases: +(\d+)/);
    const failed = count(output, /test cases:.*?(\d+) failed/);
    const skipped = skips(output);
    return { passed: all - failed - skipped.length, failed, skipped };
  },
  node(output) {
    const skipped = [...output.matchAll(/^\s*ok \d+ - (.*) # SKIP ?(.*)$/gm)].map(
      (match) => `${match[1]}: ${match[2]}`,
    );
    return {
      passed: count(output, /^# pass (\d+)/m),
      failed: count(output, /^# fail (\d+)/m) + count(output, /^# cancelled (\d+)/m),
      skipped,
    };
  },
  plain(output) {
    const line = output.match(/(\d+) passed, (\d+) failed(?!.*\d+ passed)/s);
    return {
      passed: Number(line?.[1] ?? 0),
      failed: Number(line?.[2] ?? 0),
      skipped: skips(output),
    };
  },
  one: () => ({ passed: 1, failed: 0, skipped: [] }),
};

/** The failed tests of a TAP report with their reasons: they may stand anywhere in it. */
function whatFailed(output) {
  const lines = output.split("\n");
  const told = lines.flatMap((line, at) =>
    /^\s*not ok /.test(line) ? [...lines.slice(at, at + 30), ""] : [],
  );
  return told.length ? told.slice(0, 400).join("\n") : undefined;
}

async function measure(name, reader, command, options) {
  const { status, output } = await run(name, command, options);
  const result = readers[reader](output);
  const broke = status !== 0 && result.failed === 0;
  const nothing = status === 0 && result.passed + result.failed + result.skipped.length === 0;
  if (broke || nothing) {
    result.failed += 1;
    if (reader === "one") result.passed = 0;
  }
  if (result.failed) {
    console.log(
      `---- ${name}: ${nothing ? "ran no test" : `status ${status}`}; from build/test-logs/${name}.log`,
    );
    console.log(whatFailed(output) ?? output.trim().split("\n").slice(-40).join("\n"));
    console.log("----");
  }
  return result;
}

const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: [...a.skipped, ...b.skipped],
});
const nothing = { passed: 0, failed: 0, skipped: [] };

/** What suites run of a preset, where that is not all of it: the native tests run with sanitizers. */
const targets = { release: ["mydba", "mydba_without_guard", "mydba_sender_probe"] };
const built = new Map();
/** Builds a preset once; a failed build fails every suite that needs it. */
function build(preset, env = {}) {
  if (!built.has(preset)) built.set(preset, compile(preset, env));
  return built.get(preset);
}

async function compile(preset, env) {
  await ending;
  const since = Date.now();
  const command = ["scripts/build", preset, ...(targets[preset] ?? [])];
  // The script ends the compilers when it is asked to end.
  const options = { env, timeout: buildMs, killSignal: "SIGTERM" };
  const { status, output } = await run(`build-${preset}`, command, options);
  console.log(`built ${preset} in ${seconds(since)}${status === 0 ? "" : ": FAILED"}`);
  if (status !== 0) console.log(output.trim().split("\n").slice(-30).join("\n"));
  return status === 0;
}

// A report stops the test, and an unsuppressed race is a failed test.
const sanitizerOptions = {
  ASAN_OPTIONS: "detect_leaks=1:abort_on_error=0:strict_string_checks=1",
  UBSAN_OPTIONS: "print_stacktrace=1",
  TSAN_OPTIONS: "halt_on_error=1:second_deadlock_stack=1",
};

async function native(preset) {
  if (!(await build(preset))) return { ...nothing, failed: 1 };
  const env = { ...(await servers()), ...sanitizerOptions };
  return measure(`native-${preset}`, "catch2", [`build/${preset}/tests/mydba_tests`], { env });
}

function fuzzTarget(target) {
  const corpus = path.join(root, "tests/fuzz/corpus", target.slice("fuzz_".length));
  const found = path.join(root, "build/fuzz", target);
  mkdirSync(found, { recursive: true });
  const command = [
    path.join(root, "build/asan/tests", target),
    ...fuzzTime,
    "-timeout=10",
    "-rss_limit_mb=2048",
    "-print_final_stats=1",
    `-artifact_prefix=${found}/`,
    found,
    ...(existsSync(corpus) ? [corpus] : []),
  ];
  return measure(target, "one", command, { env: sanitizerOptions, timeout: fuzzMs });
}

/** As many targets at a time as there are processors: each keeps one busy. */
async function fuzz() {
  if (!(await build("asan"))) return { ...nothing, failed: 1 };
  const waiting = readdirSync(path.join(root, "build/asan/tests")).filter((name) =>
    /^fuzz_\w+$/.test(name),
  );
  let total = nothing;
  const work = async () => {
    for (let target; (target = waiting.shift());) {
      const result = await fuzzTarget(target);
      total = add(total, result);
    }
  };
  await Promise.all(os.cpus().map(work));
  return total;
}

const nodeTests = (folder) =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { recursive: true })
        .filter((name) => name.endsWith(".test.mjs"))
        .sort()
        .map((name) => path.join(folder, name))
    : [];

/** Files run one after the other: each starts an editor and a browser. */
async function nodeSuite(name, folder, before) {
  if (!(await before())) return { ...nothing, failed: 1 };
  const files = nodeTests(folder);
  if (!files.length) return nothing;
  return measure(
    name,
    "node",
    ["node", "--test", "--test-concurrency=1", "--test-reporter=tap", ...files],
    { env: await servers() },
  );
}

const makePackage = async () =>
  (await build("release")) &&
  (await editor) &&
  (await run("package", ["scripts/package"])).status === 0;
let made;
const packaged = () => (made ??= makePackage());

const suites = {
  check: () => measure("check", "plain", ["scripts/check"]),
  transcripts: async () =>
    (await build("release"))
      ? measure(
          "transcripts",
          "plain",
          ["node", "tests/transcripts/run.mjs", "build/release/mydba"],
          { env: await servers() },
        )
      : { ...nothing, failed: 1 },
  cli: () => nodeSuite("cli", "tests/cli", () => build("release")),
  server: () => nodeSuite("server", "tests/server", () => build("release")),
  webviews: async () =>
    (await build("release"))
      ? measure("webviews", "plain", ["node", "tests/webviews/run.mjs"])
      : { ...nothing, failed: 1 },
  extension: () => nodeSuite("extension", "tests/extension", packaged),
  package: () => nodeSuite("package", "tests/package", packaged),
  scripts: () => nodeSuite("scripts", "tests/scripts", () => build("release")),
  native: () => native("asan"),
  fuzz,
  tsan: () => native("tsan"),
};
/** Suites that run only when they are named, and why. */
const onlyNamed = { tsan: "a third build; run it with scripts/test tsan" };

const chosen = process.argv.slice(2);
if (chosen.includes("--list")) {
  console.log(Object.keys(suites).join("\n"));
  process.exit(0);
}
const unknown = chosen.filter((name) => !suites[name]);
if (unknown.length) {
  console.error(
    `test: no suite ${unknown.join(", ")}; there are ${Object.keys(suites).join(", ")}`,
  );
  process.exit(2);
}
const names = chosen.length ? chosen : Object.keys(suites).filter((name) => !onlyNamed[name]);
mkdirSync(logs, { recursive: true });

const sanitized = ["native", "fuzz"];
if (names.some((name) => !["check", "tsan", ...sanitized].includes(name))) {
  const released = build("release");
  if (names.some((name) => sanitized.includes(name)))
    void released.then(() => build("asan", { MYDBA_BUILD_IDLE: "1" }));
}

// Beside the first builds. Servers that ran before are used and left; started ones are stopped.
const needsServers = names.some((name) => !["check", "scripts", "fuzz", "webviews"].includes(name));
const needsEditor = names.some((name) => ["extension", "package"].includes(name));
const editor = needsEditor
  ? run("editor", ["scripts/editor", "install"]).then(({ status, output }) => {
      if (status !== 0) console.log(`the editor could not be installed:\n${output}`);
      return status === 0;
    })
  : undefined;
const wereRunning = new Set();
const missingServers = [];
const database = needsServers ? startServers() : undefined;

async function startServers() {
  const before = await run("db-status", ["scripts/db", "status"]);
  for (const match of before.output.matchAll(/^(\w+) +running/gm)) wereRunning.add(match[1]);
  const { output } = await run("db-start", ["scripts/db", "start"]);
  console.log(output.trim());
  const { output: env } = await run("db-env", ["scripts/db", "env"]);
  missingServers.push(
    ...[...env.matchAll(/^export MYDBA_TEST_(\w+)_SKIPPED='(.*)'$/gm)].map(
      (match) => `${match[1]}: ${match[2]}`,
    ),
  );
  return Object.fromEntries(
    [...env.matchAll(/^export (\w+)='?([^'\n]*)'?$/gm)].map((match) => [match[1], match[2]]),
  );
}
const servers = async () => (await database) ?? {};

async function stopServers() {
  const { output } = await run("db-status", ["scripts/db", "status"]);
  const ours = [...output.matchAll(/^(\w+) +running/gm)]
    .map((match) => match[1])
    .filter((name) => !wereRunning.has(name));
  if (ours.length) await run("db-stop", ["scripts/db", "stop", ...ours]);
}

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    for (const child of running) child.kill("SIGTERM");
    ending = stopServers().finally(() => process.exit(130));
  });

let total = nothing;
const table = [];
for (const name of names) {
  await ending;
  const since = Date.now();
  console.log(`\n== ${name} (after ${seconds(began)})`);
  const result = await suites[name]();
  table.push([name, result.passed, result.failed, result.skipped.length, seconds(since)]);
  console.log(
    `${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped.length} skipped in ${seconds(since)}`,
  );
  for (const skip of result.skipped) console.log(`  SKIPPED: ${skip}`);
  total = add(total, result);
}
if (needsServers) await stopServers();
for (const missing of missingServers) console.log(`SKIPPED SERVER: ${missing}`);
total.skipped.push(...missingServers);
for (const [name, why] of Object.entries(chosen.length ? {} : onlyNamed)) {
  console.log(`SKIPPED SUITE: ${name}: ${why}`);
  total.skipped.push(name);
  table.push([name, 0, 0, 1, "-"]);
}

console.log(
  `\n${"suite".padEnd(14)}${["passed", "failed", "skipped", "time"].map((title) => title.padStart(9)).join("")}`,
);
for (const [name, ...cells] of table)
  console.log(`${name.padEnd(14)}${cells.map((cell) => String(cell).padStart(9)).join("")}`);
console.log(`all in ${seconds(began)}; logs in build/test-logs\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exit(total.failed ? 1 : 0);
