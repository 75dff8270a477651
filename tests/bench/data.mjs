// The table that every engine is asked for: a million rows of ten mixed columns, about 130 bytes of
// text a row. It is made once a server and kept; the same numbers give the same rows everywhere.

export const table = "mydba_bench";
export const select = `SELECT * FROM ${table}`;

const columns = {
  postgres: `id bigint, region smallint, price numeric(12,2), ratio double precision, name varchar(40),
    email varchar(60), note text, created timestamp, active boolean, payload json`,
  mariadb: `id bigint, region smallint, price decimal(12,2), ratio double, name varchar(40),
    email varchar(60), note text, created datetime, active boolean, payload json`,
  sqlite: `id integer, region integer, price numeric, ratio real, name text,
    email text, note text, created text, active integer, payload text`,
};

/** The values of row `i`, in the words of an engine. */
function values(engine) {
  const text = (...parts) =>
    engine === "mariadb" ? `concat(${parts.join(", ")})` : parts.join(" || ");
  const number =
    engine === "mariadb" ? (of) => `cast(${of} as char)` : (of) => `cast(${of} as text)`;
  const created = {
    postgres: "timestamp '2024-01-01' + i * interval '17 seconds'",
    mariadb: "timestamp '2024-01-01 00:00:00' + interval i * 17 second",
    sqlite: "datetime('2024-01-01', (i * 17) || ' seconds')",
  }[engine];
  const payload = text(`'{"k": '`, number("i % 977"), `', "tags": ["a", "b"]}'`);
  return [
    "i",
    "i % 40",
    "(i * 7919 % 1000000) / 100.0",
    "(i % 1000) / 7.0",
    text("'Customer '", number("i")),
    text("'customer'", number("i"), "'@example.org'"),
    `case when i % 3 = 0 then null else ${text("'Příliš žluťoučký kůň, order '", number("i * 31"))} end`,
    created,
    engine === "postgres" ? "i % 2 = 0" : "i % 2",
    engine === "postgres" ? `(${payload})::json` : payload,
  ].join(", ");
}

/** Statements that make the table. */
export function setup(engine, rows) {
  const numbers = {
    postgres: `generate_series(1::bigint, ${rows}) AS numbers(i)`,
    mariadb: `(SELECT seq AS i FROM seq_1_to_${rows}) AS numbers`,
    sqlite: "numbers",
  }[engine];
  const recursive =
    engine === "sqlite"
      ? `WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${rows}) `
      : "";
  return [
    `DROP TABLE IF EXISTS ${table}`,
    `CREATE TABLE ${table} (${columns[engine]})${engine === "mariadb" ? " DEFAULT CHARSET utf8mb4" : ""}`,
    `INSERT INTO ${table} ${recursive}SELECT ${values(engine)} FROM ${numbers}`,
  ];
}
