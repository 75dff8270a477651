// node tests/bench/huge_schema.mjs [TABLES]: first page and search by name in a schema of 100,000
// tables, through the helper, on PostgreSQL and MariaDB ($MYDBA_TEST_POSTGRES, $MYDBA_TEST_MARIADB).
// Aims: first page within 500 ms, search within 200 ms. The schema is made anew and dropped. MariaDB
// syncs files for each table: start it on a memory file system (MYDBA_DB_DIR=/dev/shm/db) or wait long.
import { Client } from "../server/client.mjs";
import { median } from "./numbers.mjs";

const tables = Number(process.argv[2] ?? 100_000);
const rounds = 9;
const batch = 1000;
const schema = "mydba_huge";

const engines = [
  {
    name: "postgres",
    url: process.env.MYDBA_TEST_POSTGRES,
    make: `CREATE SCHEMA ${schema}`,
    drop: async (client) => {
      // One transaction holds a lock a table, and there are not 100,000 of those.
      for (let first = 0; first < tables; first += batch)
        await client.rows(
          "huge",
          statements(first, (n) => `DROP TABLE IF EXISTS ${schema}.${tableName(n)};`),
        );
      await client.rows("huge", `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    },
  },
  {
    name: "mariadb",
    url: process.env.MYDBA_TEST_MARIADB,
    make: `CREATE DATABASE ${schema}`,
    // Names cost the same with every storage engine; 100,000 InnoDB tables would need 10 GB of disk.
    tableOptions: " ENGINE=MyISAM",
    drop: (client) => client.rows("huge", `DROP DATABASE IF EXISTS ${schema}`),
  },
];

const tableName = (n) => `t_${String(n).padStart(6, "0")}_${(n * 2654435761) % 99991}`;
const statements = (first, one) =>
  Array.from({ length: Math.min(batch, tables - first) }, (_, i) => one(first + i)).join("\n");

async function timed(run) {
  const start = performance.now();
  const value = await run();
  return { ms: performance.now() - start, value };
}

function report(engine, what, samples, aim) {
  const verdict = median(samples) <= aim ? "reached" : "missed";
  const [first, middle, worst] = [samples[0], median(samples), Math.max(...samples)].map(
    (ms) => `${ms.toFixed(0).padStart(5)} ms`,
  );
  console.log(
    `${engine.padEnd(9)} ${what.padEnd(28)} first ${first}, median ${middle}, worst ${worst}, aim ${aim} ms: ${verdict}`,
  );
}

/** Path of the folder with the tables: down from the root to the schema's first folder. */
async function tableFolder(client) {
  let path = [];
  for (;;) {
    const { nodes } = await client.request("tree/children", {
      sessionId: "huge",
      path,
      limit: 10_000,
    });
    const next = nodes.find((node) => node.name === schema) ?? nodes[0];
    if (path.includes(schema)) return { path: next.path, schemaPath: path };
    path = next.path;
  }
}

async function measure({ name, url, make, drop, tableOptions = "" }) {
  if (!url) return console.log(`${name}: skipped, no server in the environment`);
  const client = new Client();
  await client.open("huge", url);
  await drop(client);
  await client.rows("huge", make);
  const made = await timed(async () => {
    for (let first = 0; first < tables; first += batch)
      await client.rows(
        "huge",
        statements(first, (n) => `CREATE TABLE ${schema}.${tableName(n)}(id int)${tableOptions};`),
      );
  });
  console.log(`${name}: ${tables} tables made in ${(made.ms / 1000).toFixed(0)} s`);
  await client.open("huge", url);
  const { path, schemaPath } = await tableFolder(client);
  const sample = (method, params) => async () => {
    const times = [];
    for (let i = 0; i < rounds; ++i)
      times.push((await timed(() => client.request(method, { sessionId: "huge", ...params }))).ms);
    return times;
  };
  report(name, "folders of the schema", await sample("tree/children", { path: schemaPath })(), 500);
  report(name, "first page of 200 tables", await sample("tree/children", { path })(), 500);
  const page = await client.request("tree/children", { sessionId: "huge", path });
  report(name, "second page", await sample("tree/children", { path, cursor: page.cursor })(), 500);
  report(
    name,
    "search for one name",
    await sample("tree/search", { text: tableName(77_777).slice(2, 8) })(),
    200,
  );
  report(name, "search for a common part", await sample("tree/search", { text: "t_0" })(), 200);
  await drop(client);
  await client.end();
}

for (const engine of engines) await measure(engine);
