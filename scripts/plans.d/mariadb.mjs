// Plans of MariaDB, whose statement that measures is called ANALYZE. A case may also say
// `format: table`: rows, within borders. The log of `slow-log` was taken by hand.
import { explained, framed } from "./mysql.mjs";

export { prepare, urlOf } from "./mysql.mjs";

/** The engine whose schema.sql it reads. */
export const schemaOf = "mysql";

export const servers = { 10.11: "mariadb", 11.8: "mariadb_11_8" };

export async function take(server, plan) {
  const explain = plan.head.analyze?.[0] === "no" ? "EXPLAIN" : "ANALYZE";
  if (plan.head.format?.[0] === "table") return framed(server, plan, explain);
  return [{ file: "plan.json", text: await explained(server, plan, `${explain} FORMAT=JSON`) }];
}
