// Plans of MySQL, taken with the command-line client in a transaction that is rolled back. A case
// may also say
//
//   -- format: v1     JSON of version 1, which measures nothing (else v2); `tree`; `table`, the
//                     rows of the classic EXPLAIN within borders; `paste`, the tree within them
//
// MariaDB shares all but the words for EXPLAIN (mariadb.mjs).
import { run } from "../db.d/roots.mjs";

export const servers = { 9.7: "mysql" };

const database = "shop";

/** Of the database with the schema. */
export const urlOf = (server) => server.url.replace(/[^/]*$/, database);

/** What the client prints for `sql`, without a header; values as they are. */
function ask(server, sql, into = [], layout = ["--batch", "--raw", "--skip-column-names"]) {
  const { hostname, port, username, password } = new URL(server.url);
  const login = [`--host=${hostname}`, `--port=${port}`, `--user=${username}`];
  const how = [...layout, `--password=${password}`];
  return run(["mariadb", "--no-defaults", ...login, ...how, ...into], { input: sql });
}

/** Makes the schema anew, which takes some seconds: plans depend on fresh statistics. */
export async function prepare(server) {
  await ask(server, `DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database}`);
  await ask(server, server.schema, [database]);
}

/** What `explain` before the statement of a case answers. */
export function explained(server, { head, sql }, explain, { settings = [], layout } = {}) {
  const script = [
    ...[...(head.set ?? []), ...settings].map((setting) => `SET SESSION ${setting};`),
    "START TRANSACTION;",
    ...(head.before ?? []).map((statement) => `${statement};`),
    `${explain} ${sql};`,
    "ROLLBACK;",
  ];
  return ask(server, script.join("\n"), [database], layout);
}

/** The same with a border around it. */
export const framed = async (server, plan, explain) => [
  { file: "plan.txt", text: await explained(server, plan, explain, { layout: ["--table"] }) },
];

export async function take(server, plan) {
  const format = plan.head.format?.[0] ?? "v2";
  const explain = plan.head.analyze?.[0] === "no" ? "EXPLAIN" : "EXPLAIN ANALYZE";
  if (format === "tree")
    return [{ file: "plan.txt", text: await explained(server, plan, `${explain} FORMAT=TREE`) }];
  if (format === "table") return framed(server, plan, "EXPLAIN FORMAT=TRADITIONAL");
  if (format === "paste") return framed(server, plan, `${explain} FORMAT=TREE`);
  const [words, settings] =
    format === "v1" ? ["EXPLAIN", ["explain_json_format_version = 1"]] : [explain, []];
  const text = await explained(server, plan, `${words} FORMAT=JSON`, { settings });
  return [{ file: "plan.json", text }];
}
