// scripts/db: starts, stops and names real servers for the tests.
//
// A set of servers belongs to one checkout and one user: its folder is in the temporary folder, one
// folder a server, with `server.json` once it accepts connections. A process is known by its id and
// the time it started, so that `stop` never ends a stranger that was given the same id. Servers
// outlive this program; nothing else is kept between calls.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../paths.mjs";
import { account, programs, run, spawnOptions, template } from "./roots.mjs";
import { servers } from "./servers.mjs";

const startDeadlineMs = 60_000;
const stopDeadlineMs = 15_000;
const checkout = createHash("sha256").update(root).digest("hex").slice(0, 6);
// The path of a unix socket has at most 107 bytes, whatever TMPDIR is.
const temporary = os.tmpdir().length < 40 ? os.tmpdir() : "/tmp";
const set =
  process.env.MYDBA_DB_DIR ?? path.join(temporary, `mydba-db-${process.getuid()}-${checkout}`);
const dirOf = (server) => path.join(set, server.name);
const variableOf = (server) => `MYDBA_TEST_${server.name.toUpperCase()}`;

/** When a process started, in clock ticks since boot (proc(5), field 22); undefined if it is gone. */
function startedAt(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function running(server) {
  const file = path.join(dirOf(server), "server.json");
  if (!existsSync(file)) return undefined;
  const known = JSON.parse(readFileSync(file, "utf8"));
  return startedAt(known.pid) === known.started ? known : undefined;
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

const taken = new Set();
/** Below 32768, where Linux takes the ports of outgoing connections from (ip(7)). */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!taken.has(port) && (await isFree(port))) {
      taken.add(port);
      return port;
    }
  }
}

/** Resolves when the log says `line`; rejects when the process ends first or the deadline passes. */
function ready(child, log, line) {
  return new Promise((resolve, reject) => {
    const said = () => readFileSync(log, "utf8");
    const finish = (settle, value) => {
      watcher.close();
      clearTimeout(timer);
      child.removeAllListeners("exit");
      settle(value);
    };
    const fail = (why) =>
      finish(
        reject,
        new Error(`${why}; the end of ${log}:\n${said().trim().split("\n").slice(-10).join("\n")}`),
      );
    const look = () => said().includes(line) && finish(resolve);
    const watcher = watch(log, look);
    const timer = setTimeout(() => fail("not ready in time"), startDeadlineMs);
    child.once("exit", (code, signal) => fail(`it ended with ${code ?? signal}`));
    look();
  });
}

async function start(server) {
  if (running(server)) return;
  const dir = dirOf(server);
  rmSync(dir, { recursive: true, force: true });
  rmSync(`${dir}.failed`, { force: true });
  const folder = await programs(server);
  const made = await template(server, folder);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  if (existsSync(`${made}/data`)) await run(["cp", "-a", `${made}/data`, `${dir}/data`]);
  for (const [name, content] of Object.entries(server.files ?? {}))
    writeFileSync(path.join(dir, name), content);
  chownSync(dir, account.uid, account.gid);
  const log = path.join(dir, "log");
  const port = await freePort();
  const [program, ...args] = server.start(folder, dir, port, account.name).map(String);
  const out = openSync(log, "a");
  const child = spawn(program, args, {
    cwd: dir,
    detached: true,
    stdio: ["ignore", out, out],
    // Answers fsync() at once: not every server can do without it (MariaDB's DDL log), and its waits
    // are most of what creating and dropping a table takes.
    env: { ...process.env, LD_PRELOAD: "libeatmydata.so" },
    ...spawnOptions,
  });
  try {
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    await ready(child, log, server.ready);
  } catch (error) {
    if (child.pid && child.exitCode === null) child.kill("SIGKILL");
    throw error;
  }
  child.unref();
  const known = {
    pid: child.pid,
    started: startedAt(child.pid),
    port,
    url: server.url(port),
    socket: server.socket(dir),
    log,
  };
  writeFileSync(path.join(dir, "server.json"), JSON.stringify(known));
}

async function stop(server) {
  const known = running(server);
  if (known) {
    process.kill(known.pid, "SIGCONT"); // a test may have left it stopped
    process.kill(known.pid, server.stopSignal);
    // Not a child of this program, so there is no event to wait for.
    for (
      const end = Date.now() + stopDeadlineMs;
      startedAt(known.pid) === known.started;
      await pause(20)
    )
      if (Date.now() > end) process.kill(known.pid, "SIGKILL");
  }
  rmSync(dirOf(server), { recursive: true, force: true });
  rmSync(`${dirOf(server)}.failed`, { force: true });
}

function environment(server) {
  const known = running(server);
  const failed = `${dirOf(server)}.failed`;
  if (!known) {
    const why = existsSync(failed)
      ? readFileSync(failed, "utf8").split("\n")[0].replaceAll("'", '"')
      : undefined;
    return why ? [`export ${variableOf(server)}_SKIPPED='${why}'`] : [];
  }
  return [
    `export ${variableOf(server)}='${known.url}'`,
    `export ${variableOf(server)}_SOCKET='${known.socket}'`,
    `export ${variableOf(server)}_PID=${known.pid}`,
  ];
}

async function startAll(chosen) {
  const began = Date.now();
  mkdirSync(set, { recursive: true, mode: 0o755 });
  const results = await Promise.allSettled(chosen.map(start));
  let failures = 0;
  results.forEach((result, i) => {
    if (result.status === "fulfilled") return;
    failures += 1;
    writeFileSync(`${dirOf(chosen[i])}.failed`, result.reason.message);
    console.error(
      `\ndb: ${chosen[i].name.toUpperCase()} IS NOT AVAILABLE: ${result.reason.message}\n`,
    );
  });
  console.error(
    `db: ${chosen.length - failures} of ${chosen.length} servers ready after ${((Date.now() - began) / 1000).toFixed(1)} s`,
  );
  process.exitCode = failures ? 1 : 0;
}

function status(chosen) {
  for (const server of chosen) {
    const known = running(server);
    const failed = existsSync(`${dirOf(server)}.failed`);
    console.log(
      `${server.name.padEnd(14)}${known ? `running  pid ${known.pid}  ${known.url}  log ${known.log}` : failed ? "not available" : "stopped"}`,
    );
  }
}

const [command, ...names] = process.argv.slice(2);
const unknown = names.filter(
  (name) => name !== "all" && !servers.some((server) => server.name === name),
);
const chosen =
  names.length && !names.includes("all")
    ? servers.filter((server) => names.includes(server.name))
    : servers;
const commands = {
  start: () => startAll(chosen),
  stop: () => Promise.all(chosen.map(stop)),
  status: () => status(chosen),
  env: () => console.log(chosen.flatMap(environment).join("\n")),
};
if (!commands[command] || unknown.length) {
  console.error(
    `usage: scripts/db start|stop|status|env [all|NAME...]\nnames: ${servers.map((server) => server.name).join(" ")}`,
  );
  process.exit(2);
}
await commands[command]();
