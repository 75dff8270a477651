// scripts/plans: takes the plans of tests/plans/<engine>/cases/*.sql from real servers of each
// version and writes them as the server gave them, in tests/plans/<engine>/<version>-<case>/.
// Everything that depends on the engine is in <engine>.mjs beside this file, which exports
//
//   servers   { version: name of scripts/db }; an engine without a server names its versions only
//   schemaOf  the engine whose schema.sql it reads, when it is not its own
//   prepare   (server) → loads schema.sql, unless the server holds it already
//   take      (server, plan) → [{ file, text }]: the files of one case on one version
//   urlOf     (server) → URL of the database with the schema, for cases with facts (facts.mjs)
//
// `server` has `version`, `url`, `log` (of scripts/db), `schema` (the text) and `schemaFile`; `plan`
// has `name`, `sql` (without its head) and `head`, the lines `-- key: value` that a case begins with,
// as lists: which versions (`versions: 14 18`), whether it runs (`analyze: no`), settings and
// statements before it (`set:`, `before:`), and what else the engine reads. Cases that need more than
// the plan say so in the words of facts.mjs.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";
import { takeWithFacts } from "./facts.mjs";

const library = path.join(root, "tests/plans");
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".mjs") && file !== "main.mjs")
  .map((file) => file.replace(".mjs", ""));

function refuse(why) {
  console.error(`plans: ${why}\nusage: scripts/plans record [ENGINE...] [--case NAME]`);
  console.error(`engines: ${known.join(" ")}`);
  process.exit(2);
}

function readArguments([command, ...words]) {
  if (command !== "record") refuse("what to do?");
  const at = words.indexOf("--case");
  const only = at < 0 ? undefined : words.splice(at, 2)[1];
  if (at >= 0 && !only) refuse("which case?");
  for (const word of words) if (!known.includes(word)) refuse(`no engine ${word}`);
  return { engines: words.length ? words : known, only };
}

function readCase(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  const head = {};
  let at = 0;
  for (; lines[at].startsWith("--"); at += 1) {
    const [, key, value] = lines[at].match(/^-- ([a-z]+): (.*)$/) ?? [];
    if (key) (head[key] ??= []).push(value);
  }
  const sql = lines.slice(at).join("\n").trim();
  return { name: path.basename(file, ".sql"), head, sql };
}

function casesOf(engine, only) {
  const folder = path.join(library, engine, "cases");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql") && (!only || file === `${only}.sql`))
    .map((file) => readCase(path.join(folder, file)));
}

/** What `scripts/db` says of the servers: `{ name: { url, log } }`. */
function startServers(names) {
  if (!names.length) return {};
  const db = path.join(root, "scripts/db");
  execFileSync(db, ["start", ...names], { stdio: "inherit" });
  const lines = execFileSync(db, ["status", ...names], { encoding: "utf8" })
    .trim()
    .split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [name, , , , url, , log] = line.split(/\s+/);
      return [name, { url, log }];
    }),
  );
}

const wants = ({ head }, version) =>
  !head.versions || head.versions.join(" ").split(" ").includes(version);

async function recordVersion(engine, make, server, cases) {
  await make.prepare(server);
  let failures = 0;
  for (const plan of cases) {
    if (!wants(plan, server.version)) continue;
    const folder = path.join(library, engine, `${server.version}-${plan.name}`);
    try {
      const files = await (plan.head.facts
        ? takeWithFacts(make.urlOf(server), plan)
        : make.take(server, plan));
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const { file, text } of files) writeFileSync(path.join(folder, file), text);
    } catch (error) {
      failures += 1;
      console.error(`plans: ${engine} ${server.version} ${plan.name}: ${error.message}`);
    }
  }
  return failures;
}

async function recordEngine(engine, only) {
  const make = await import(`./${engine}.mjs`);
  const schemaFile = path.join(library, make.schemaOf ?? engine, "schema.sql");
  const schema = existsSync(schemaFile) ? readFileSync(schemaFile, "utf8") : "";
  const cases = casesOf(engine, only);
  if (!cases.length && only) return 0;
  const servers = Object.entries(make.servers).filter(([version]) =>
    cases.some((plan) => wants(plan, version)),
  );
  const started = startServers(servers.map(([, name]) => name).filter(Boolean));
  let failures = 0;
  for (const [version, name] of servers) {
    const server = { version, schema, schemaFile, ...started[name] };
    failures += await recordVersion(engine, make, server, cases);
  }
  return failures;
}

const { engines, only } = readArguments(process.argv.slice(2));
if (only && !engines.some((engine) => casesOf(engine, only).length)) refuse(`no case ${only}`);
let failures = 0;
for (const engine of engines) failures += await recordEngine(engine, only);
process.exitCode = failures ? 1 : 0;
