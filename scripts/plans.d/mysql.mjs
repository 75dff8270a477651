// Plans of MySQL, taken with the command-line client in a transaction that is rolled back. A case
// may also say
//
//   -- format: v1     JSON of version 1, which measures nothing (else v2), or `tree`
//
// MariaDB shares all but the words for EXPLAIN (mariadb.mjs).
import { run } from "../db.d/roots.mjs";

export const servers = { 9.7: "mysql" };

const database = "shop";

/** What the client prints for `sql`, without a header; values as they are. */
function ask(server, sql, into = []) {
  const { hostname, port, username, password } = new URL(server.url);
  const login = [`--host=${hostname}`, `--port=${port}`, `--user=${username}`];
  const how = ["--batch", "--raw", "--skip-column-names", `--password=${password}`];
  return run(["mariadb", "--no-defaults", ...login, ...how, ...into], { input: sql });
}

/** Makes the schema anew, which takes some seconds: plans depend on fresh statistics. */
export async function prepare(server) {
  await ask(server, `DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database}`);
  await ask(server, server.schema, [database]);
}

/** What `explain` before the statement of a case answers. */
export function explained(server, { head, sql }, explain, settings = []) {
  const script = [
    ...[...(head.set ?? []), ...settings].map((setting) => `SET SESSION ${setting};`),
    "START TRANSACTION;",
    ...(head.before ?? []).map((statement) => `${statement};`),
    `${explain} ${sql};`,
    "ROLLBACK;",
  ];
  return ask(server, script.join("\n"), [database]);
}

export async function take(server, plan) {
  const format = plan.head.format?.[0] ?? "v2";
  const explain = plan.head.analyze?.[0] === "no" ? "EXPLAIN" : "EXPLAIN ANALYZE";
  if (format === "tree")
    return [{ file: "plan.txt", text: await explained(server, plan, `${explain} FORMAT=TREE`) }];
  const old = () =>
    explained(server, plan, "EXPLAIN FORMAT=JSON", ["explain_json_format_version = 1"]);
  if (format === "v1") return [{ file: "plan.json", text: await old() }];
  return [{ file: "plan.json", text: await explained(server, plan, `${explain} FORMAT=JSON`) }];
}
