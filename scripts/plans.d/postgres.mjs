// Plans of PostgreSQL, taken with psql in a transaction that is rolled back. A case may also say
//
//   -- options: VERBOSE, WAL    instead of SETTINGS, and of BUFFERS and WAL where it is analysed
//   -- format: text             (json, text, yaml, xml) or `log`: what auto_explain wrote to the log
//   -- twin: text               the same statement in a second format too, in twin.txt
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { run } from "../db.d/roots.mjs";

export const servers = {
  14: "postgres_14",
  15: "postgres",
  16: "postgres_16",
  17: "postgres_17",
  18: "postgres_18",
};

const database = "plans";
const extensions = { json: "json", text: "txt", yaml: "yaml", xml: "xml", log: "log" };

const psql = (url, input, ...options) =>
  run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", ...options, url], { input });
/** Of the database with the schema. */
export const urlOf = (server) => server.url.replace(/[^/]*$/, database);

export async function prepare(server) {
  const mark = createHash("sha256").update(server.schema).digest("hex");
  const loaded = await psql(
    server.url,
    `select shobj_description(oid, 'pg_database') from pg_database where datname = '${database}'`,
    "-At",
  );
  if (loaded.trim() === mark) return;
  await psql(
    server.url,
    `drop database if exists ${database} with (force);\ncreate database ${database};`,
  );
  await psql(urlOf(server), "", "-o", "/dev/null", "-f", server.schemaFile);
  await psql(server.url, `comment on database ${database} is '${mark}'`);
}

const optionsOf = (head, format) => {
  const analyze = head.analyze?.[0] !== "no";
  const more = head.options ?? (analyze ? ["BUFFERS, WAL, SETTINGS"] : ["SETTINGS"]);
  return [`FORMAT ${format}`, ...(analyze ? ["ANALYZE"] : []), ...more].filter(Boolean).join(", ");
};

const scriptOf = ({ head, sql }, explained) =>
  [
    "\\o /dev/null",
    "begin;",
    ...(head.set ?? []).map((setting) => `set local ${setting};`),
    ...(head.before ?? []).map((statement) => `${statement.replace(/;$/, "")};`),
    "\\o",
    explained ? `explain (${explained}) ${sql.replace(/;$/, "")};` : sql,
    "rollback;",
  ].join("\n");

/** What this backend wrote to the server's log, whose lines begin with `%m [%p] `. */
async function takeLog(server, plan) {
  const before = readFileSync(server.log).length;
  const answer = await psql(urlOf(server), `select pg_backend_pid();\n${scriptOf(plan)}`, "-At");
  const own = `[${answer.split("\n")[0]}] `;
  const written = readFileSync(server.log).subarray(before).toString();
  const entries = written.split(/^(?=\d{4}-\d\d-\d\d )/m).filter((entry) => entry.includes(own));
  return entries.filter((entry) => entry.includes("  plan:\n")).join("");
}

export async function take(server, plan) {
  const format = plan.head.format?.[0] ?? "json";
  if (format === "log") return [{ file: "plan.log", text: await takeLog(server, plan) }];
  const ask = (as, ...how) => psql(urlOf(server), scriptOf(plan, optionsOf(plan.head, as)), ...how);
  const files = [{ file: `plan.${extensions[format]}`, text: await ask(format, "-At") }];
  for (const twin of plan.head.twin ?? [])
    files.push({ file: `twin.${extensions[twin]}`, text: await ask(twin) });
  return files;
}
