// Plans of SQLite, taken with the shell of the system (Debian 12's) from a database in memory. The
// shell draws the rows as a tree.
import { run } from "../db.d/roots.mjs";

export const servers = { "3.40": undefined };

export async function prepare(server) {
  const installed = await run(["sqlite3", "--version"]);
  if (!installed.startsWith(`${server.version}.`)) throw new Error(`sqlite3 is ${installed}`);
}

export async function take(server, { head, sql }) {
  const before = (head.before ?? []).map((statement) => `${statement};`).join("\n");
  const input = `${server.schema}\n${before}\nEXPLAIN QUERY PLAN ${sql};\n`;
  return [{ file: "plan.txt", text: await run(["sqlite3", ":memory:"], { input }) }];
}
