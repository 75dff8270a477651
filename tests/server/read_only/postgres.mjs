// What somebody tries who has only a read-only connection to PostgreSQL. Each attempt is a list of
// statements, one request each; the next attempt goes on in the same session, whatever the last one
// left there. Sources: the manual's chapters SET TRANSACTION, Large Objects, System Administration
// Functions, SQL Commands.

const schema = "mydba_read_only";
const t = `${schema}.t`;

export const setup = [
  `DROP SCHEMA IF EXISTS ${schema} CASCADE`,
  `CREATE SCHEMA ${schema}`,
  `CREATE TABLE ${t} (id int PRIMARY KEY, name text)`,
  `INSERT INTO ${t} SELECT n, 'name ' || n FROM generate_series(1, 100) AS n`,
  `CREATE SEQUENCE ${schema}.s`,
  `CREATE MATERIALIZED VIEW ${schema}.m AS SELECT count(*), clock_timestamp() AS made FROM ${t}`,
  `CREATE FUNCTION ${schema}.erase() RETURNS int LANGUAGE plpgsql AS
     $$ BEGIN DELETE FROM ${t}; RETURN 1; END $$`,
  `CREATE FUNCTION ${schema}.erase_quietly() RETURNS int LANGUAGE plpgsql IMMUTABLE AS
     $$ BEGIN EXECUTE 'DELETE FROM ${t}'; RETURN 1; END $$`,
  `CREATE FUNCTION ${schema}.lift_and_erase() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS
     $$ BEGIN PERFORM set_config('transaction_read_only', 'off', true); DELETE FROM ${t};
     RETURN 1; END $$`,
  `CREATE PROCEDURE ${schema}.commit_and_erase() LANGUAGE plpgsql AS
     $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; DELETE FROM ${t}; COMMIT; END $$`,
  `CREATE VIEW ${schema}.v AS SELECT * FROM ${t}`,
];
export const teardown = [`DROP SCHEMA IF EXISTS ${schema} CASCADE`];

/** Rows, objects, settings, roles, sequences and large objects. */
export const checksum = `
  SELECT (SELECT md5(string_agg(x::text, ',' ORDER BY id)) FROM ${t} AS x),
    (SELECT md5(string_agg(c.oid || c.relname || coalesce(c.relacl::text, '')
       || coalesce(obj_description(c.oid), ''), ',' ORDER BY c.oid))
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
    (SELECT md5(string_agg(proname || prosrc, ',' ORDER BY oid)) FROM pg_proc WHERE oid >= 16384),
    (SELECT last_value || ' ' || is_called FROM ${schema}.s),
    (SELECT made::text FROM ${schema}.m),
    (SELECT md5(string_agg(rolname || rolsuper || rolconnlimit, ',' ORDER BY oid)) FROM pg_roles),
    (SELECT count(*) FROM pg_largeobject_metadata),
    (SELECT count(*) FROM pg_prepared_xacts),
    (SELECT count(*) FROM pg_extension) + (SELECT count(*) FROM pg_database),
    (SELECT md5(string_agg(setconfig::text, ',')) FROM pg_db_role_setting)`;

const erase = `DELETE FROM ${t}`;

export const attempts = [
  // Plainly.
  [`INSERT INTO ${t} VALUES (1000, 'x')`],
  [`UPDATE ${t} SET name = 'x'`],
  [erase],
  [`TRUNCATE ${t}`],
  [`MERGE INTO ${t} USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE`],
  [`DROP TABLE ${t}`],
  [`DROP SCHEMA ${schema} CASCADE`],
  [`ALTER TABLE ${t} ADD COLUMN c int`],
  [`ALTER TABLE ${t} RENAME TO u`],
  [`CREATE TABLE ${schema}.u (a int)`],
  [`CREATE TEMP TABLE u (a int)`],
  [`CREATE TABLE ${schema}.u AS SELECT 1 AS a`],
  [`SELECT 1 AS a INTO ${schema}.u`],
  [`CREATE INDEX ON ${t} (name)`],
  [`CREATE INDEX CONCURRENTLY mydba_i ON ${t} (name)`],
  [`REINDEX TABLE ${t}`],
  [`VACUUM FULL ${t}`],
  [`CLUSTER ${t} USING t_pkey`],
  [`COMMENT ON TABLE ${t} IS 'x'`],
  [`GRANT ALL ON ${t} TO PUBLIC`],
  [`CREATE ROLE mydba_evil SUPERUSER`],
  [`ALTER ROLE CURRENT_USER CONNECTION LIMIT 7`],
  [`ALTER ROLE CURRENT_USER SET work_mem = '1MB'`],
  [`ALTER SYSTEM SET work_mem = '1MB'`],
  [`CREATE DATABASE mydba_evil`],
  [`CREATE EXTENSION tablefunc`],
  [`CREATE FUNCTION ${schema}.g() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
  [`CREATE OR REPLACE VIEW ${schema}.v AS SELECT 1 AS id, ''::text AS name`],
  [`REFRESH MATERIALIZED VIEW ${schema}.m`],
  [`SECURITY LABEL ON TABLE ${t} IS 'x'`],
  [`COPY ${t} FROM PROGRAM 'echo 1000,x' CSV`],
  [`COPY ${t} FROM '/etc/hostname'`],
  [`COPY ${t} FROM STDIN`],
  [`LOCK TABLE ${t} IN ACCESS EXCLUSIVE MODE`, erase],
  // Inside something that looks like a query.
  [`WITH d AS (${erase} RETURNING *) SELECT count(*) FROM d`],
  [`WITH d AS (INSERT INTO ${t} VALUES (1000, 'x') RETURNING *) TABLE d`],
  [`/* SELECT */ ${erase}`],
  [`-- only a comment\n${erase}`],
  [`EXPLAIN ANALYZE ${erase}`],
  [`EXPLAIN (ANALYZE, FORMAT JSON) WITH d AS (${erase} RETURNING 1) SELECT * FROM d`],
  [`SELECT * FROM ${t} FOR UPDATE`],
  [`SELECT ${schema}.erase()`],
  [`SELECT * FROM ${schema}.erase()`],
  [`SELECT 1 WHERE ${schema}.erase_quietly() = 1`],
  [`EXPLAIN SELECT ${schema}.erase_quietly()`],
  [`SELECT ${schema}.lift_and_erase()`],
  [`SELECT * FROM ${t} WHERE id = (SELECT ${schema}.lift_and_erase())`],
  [`SELECT nextval('${schema}.s')`],
  [`SELECT setval('${schema}.s', 99)`],
  [`SELECT * FROM ${t}, nextval('${schema}.s') AS n`],
  [`SELECT query_to_xml('${erase} RETURNING *', true, true, '')`],
  [`SELECT * FROM ts_stat('${erase} RETURNING to_tsvector(name)')`],
  [`VALUES (${schema}.erase())`],
  [`DECLARE c CURSOR FOR SELECT ${schema}.erase()`, `FETCH ALL FROM c`],
  [`COPY (${erase} RETURNING *) TO STDOUT`],
  [`CALL ${schema}.commit_and_erase()`],
  [`DO $$ BEGIN ${erase}; END $$`],
  [`DO $$ BEGIN COMMIT; ${erase}; END $$`],
  [`DO $$ BEGIN PERFORM set_config('transaction_read_only', 'off', true); ${erase}; END $$`],
  [`DO $$ BEGIN SET TRANSACTION READ WRITE; ${erase}; END $$`],
  // By lifting what holds.
  [`SET TRANSACTION READ WRITE`, erase],
  [`SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE`, erase],
  [`SET default_transaction_read_only = off`, erase],
  [`SET transaction_read_only = off`, erase],
  [`SET LOCAL transaction_read_only TO false`, erase],
  [`SELECT set_config('transaction_read_only', 'off', false)`, erase],
  [`SELECT set_config('default_transaction_read_only', 'off', false)`, erase],
  [
    `WITH s AS (SELECT set_config('transaction_read_only', 'off', true)) ${erase}
    USING s WHERE set_config IS NOT NULL`,
  ],
  [`UPDATE pg_settings SET setting = 'off' WHERE name = 'transaction_read_only'`, erase],
  [`RESET ALL`, erase],
  [`RESET transaction_read_only`, erase],
  [`DISCARD ALL`, erase],
  [`SET SESSION AUTHORIZATION DEFAULT`, erase],
  [`BEGIN READ WRITE`, erase, `COMMIT`],
  [`START TRANSACTION READ WRITE`, erase, `COMMIT`],
  [`COMMIT`, erase],
  [`ROLLBACK`, erase],
  [`COMMIT AND CHAIN`, erase, `COMMIT`],
  [`ABORT`, `BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE`, erase, `END`],
  [`SAVEPOINT a`, `SET TRANSACTION READ WRITE`, erase, `RELEASE a`],
  [`PREPARE TRANSACTION 'mydba'`],
  // Chained.
  [`SELECT 1; ${erase}`],
  [`COMMIT; ${erase}`],
  [`ROLLBACK; BEGIN READ WRITE; ${erase}; COMMIT`],
  [`SELECT 1 /*; */; ${erase} --`],
  [`SET TRANSACTION READ WRITE; ${erase}`],
  // Prepared.
  [`PREPARE p AS ${erase}`, `EXECUTE p`],
  [`PREPARE q(int) AS INSERT INTO ${t} VALUES ($1, 'x')`, `EXECUTE q(1000)`],
  [`PREPARE r AS SELECT ${schema}.erase()`, `EXPLAIN ANALYZE EXECUTE r`],
  [`CREATE TABLE ${schema}.w AS EXECUTE r`],
];

/** Server functions that act outside of transactions: only the guard can hold them. */
export const guardOnly = [
  ["SELECT pg_terminate_backend(1)", "ends other sessions, which no transaction undoes"],
  ["SELECT pg_reload_conf()", "makes the server read its files again"],
  ["SELECT pg_switch_wal()", "starts a new log file"],
  ["COPY t TO PROGRAM 'cat > file'", "runs a program of the server's account"],
  ["SELECT lo_create(0)", "writes in a read-only transaction before PostgreSQL 16"],
  ["SELECT lo_export(1, 'file')", "writes a file of the server"],
  ["SELECT dblink_exec('dbname=other', 'DELETE FROM t')", "writes through another connection"],
  ["SELECT pg_advisory_lock(1)", "holds up others who use the lock"],
  ["SELECT pg_stat_reset()", "forgets statistics"],
  ["NOTIFY channel", "wakes other sessions"],
  ["REINDEX TABLE t", "writes the same data anew, which the manual counts as no change"],
  ["CLUSTER t", "as REINDEX"],
  ["CHECKPOINT", "makes the server write what it has in memory"],
];
