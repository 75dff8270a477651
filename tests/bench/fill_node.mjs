// fill_node.mjs DRIVER TARGET STATEMENTS: runs a JSON list of statements by an npm driver.
import process from "node:process";

const [driver, target, list] = process.argv.slice(2);
const statements = JSON.parse(list);

if (driver === "pg") {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: target });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
} else if (driver === "mysql2") {
  const { default: mysql } = await import("mysql2/promise");
  const connection = await mysql.createConnection(target.replace(/^mariadb:/, "mysql:"));
  for (const statement of statements) await connection.query(statement);
  await connection.end();
} else {
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(target);
  for (const statement of statements) database.exec(statement);
  database.close();
}
