// drive_node.mjs DRIVER TARGET SQL: the rows of a query by an npm driver, the way its manual says
// to read a large result, printed as the bare loops print.
import process from "node:process";

const [driver, target, sql] = process.argv.slice(2);
let start = 0;
let rows = 0;
let firstRowMs = 0;

function row() {
  if (rows++ === 0) firstRowMs = performance.now() - start;
}

const drivers = {
  async pg() {
    const { default: pg } = await import("pg");
    const { default: Cursor } = await import("pg-cursor");
    const client = new pg.Client({ connectionString: target });
    await client.connect();
    start = performance.now();
    const cursor = client.query(new Cursor(sql));
    for (;;) {
      const batch = await cursor.read(1000);
      if (batch.length === 0) break;
      for (let i = 0; i < batch.length; ++i) row();
    }
    const ms = performance.now() - start;
    await client.end();
    return ms;
  },
  async mysql2() {
    const { default: mysql } = await import("mysql2");
    const url = new URL(target);
    const connection = mysql.createConnection({
      host: url.hostname,
      port: Number(url.port),
      user: url.username,
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
    });
    await new Promise((resolve, reject) => connection.connect((e) => (e ? reject(e) : resolve())));
    start = performance.now();
    await new Promise((resolve, reject) =>
      connection.query(sql).on("result", row).on("error", reject).on("end", resolve),
    );
    const ms = performance.now() - start;
    connection.destroy();
    return ms;
  },
  async "better-sqlite3"() {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(target, { readonly: true });
    start = performance.now();
    for (const one of database.prepare(sql).iterate()) if (one) row();
    return performance.now() - start;
  },
};

const ms = await drivers[driver]();
console.log(JSON.stringify({ rows, firstRowMs, ms }));
