// The same for MySQL and MariaDB. Sources: MySQL manual, START TRANSACTION, SET TRANSACTION,
// Statements That Cause an Implicit Commit; MariaDB knowledge base, the pages of the same names.

const schema = "mydba_read_only";
const t = `${schema}.t`;
const erase = `DELETE FROM ${t}`;

export const setup = [
  `DROP DATABASE IF EXISTS ${schema}`,
  `CREATE DATABASE ${schema}`,
  `CREATE TABLE ${t} (id int PRIMARY KEY AUTO_INCREMENT, name varchar(50)) ENGINE=InnoDB`,
  `INSERT INTO ${t} (name) VALUES ('a'), ('b'), ('c')`,
  `CREATE TABLE ${schema}.plain (id int) ENGINE=MyISAM`,
  `INSERT INTO ${schema}.plain VALUES (1), (2)`,
  `CREATE VIEW ${schema}.v AS SELECT * FROM ${t}`,
];
export const teardown = [`DROP DATABASE IF EXISTS ${schema}`];

export const checksum = `
  SELECT (SELECT group_concat(id, name ORDER BY id) FROM ${t}),
    (SELECT count(*) FROM ${schema}.plain),
    (SELECT group_concat(table_name, table_type, coalesce(table_comment, '') ORDER BY table_name)
       FROM information_schema.tables WHERE table_schema = '${schema}'),
    (SELECT group_concat(column_name ORDER BY ordinal_position) FROM information_schema.columns
       WHERE table_schema = '${schema}' AND table_name = 't'),
    (SELECT count(*) FROM information_schema.statistics WHERE table_schema = '${schema}'),
    (SELECT count(*) FROM information_schema.routines WHERE routine_schema = '${schema}'),
    (SELECT count(*) FROM information_schema.events WHERE event_schema = '${schema}'),
    (SELECT count(*) FROM information_schema.schemata)`;

export const attempts = [
  [`INSERT INTO ${t} (name) VALUES ('x')`],
  [`REPLACE INTO ${t} VALUES (1, 'x')`],
  [`INSERT INTO ${t} VALUES (1, 'x') ON DUPLICATE KEY UPDATE name = 'x'`],
  [`UPDATE ${t} SET name = 'x'`],
  [erase],
  [`DELETE t FROM ${t} AS t JOIN ${schema}.plain`],
  [`DELETE FROM ${schema}.plain`],
  [`TRUNCATE TABLE ${t}`],
  [`TRUNCATE TABLE ${schema}.plain`],
  [`DROP TABLE ${t}`],
  [`DROP DATABASE ${schema}`],
  [`ALTER TABLE ${t} ADD COLUMN c int`],
  [`ALTER TABLE ${t} COMMENT = 'x'`],
  [`RENAME TABLE ${t} TO ${schema}.u`],
  [`CREATE TABLE ${schema}.u (a int)`],
  [`CREATE TABLE ${schema}.u SELECT 1 AS a`],
  [`CREATE INDEX i ON ${t} (name)`],
  [`DROP VIEW ${schema}.v`],
  [`CREATE VIEW ${schema}.w AS SELECT 1`],
  [`CREATE DATABASE mydba_evil`],
  [`CREATE TRIGGER ${schema}.g BEFORE INSERT ON ${t} FOR EACH ROW SET @a = 1`],
  [`CREATE PROCEDURE ${schema}.p() ${erase}`, `CALL ${schema}.p()`],
  [`CREATE FUNCTION ${schema}.f() RETURNS int DETERMINISTIC RETURN 1`],
  [`CREATE EVENT ${schema}.e ON SCHEDULE EVERY 1 DAY DO ${erase}`],
  [`CREATE USER mydba_evil`],
  [`GRANT SELECT ON ${t} TO CURRENT_USER`],
  [`LOAD DATA INFILE '/etc/hostname' INTO TABLE ${t} (name)`],
  [`LOCK TABLES ${t} WRITE`, erase, `UNLOCK TABLES`],
  [`INSERT INTO ${t} (name) SELECT name FROM ${t}`],
  // Looking like a query.
  [`/*! ${erase} */`],
  [`/*!50000 ${erase} */`],
  [`/*!50000 UPDATE ${t} SET name = 'x' */`],
  [`SELECT 1 /*!; ${erase} */`],
  [`-- only a comment\n${erase}`],
  [`# only a comment\n${erase}`],
  [`WITH c AS (SELECT 1 AS id) DELETE t FROM ${t} AS t JOIN c ON c.id = t.id`],
  [`EXPLAIN ANALYZE DELETE FROM ${t}`],
  [`ANALYZE FORMAT=JSON DELETE FROM ${t}`],
  [`ANALYZE DELETE FROM ${t}`],
  [`SELECT * FROM ${t} FOR UPDATE`, erase],
  [`HANDLER ${t} OPEN AS h`, `HANDLER h READ FIRST`, erase, `HANDLER h CLOSE`],
  [`UPDATE ${schema}.v SET name = 'x'`],
  // By lifting what holds.
  [`SET TRANSACTION READ WRITE`, erase],
  [`SET SESSION TRANSACTION READ WRITE`, erase],
  [`SET @@session.transaction_read_only = 0`, erase],
  [`SET @@session.tx_read_only = 0`, erase],
  [`SET SESSION transaction_read_only = OFF`, `BEGIN`, erase, `COMMIT`],
  [`BEGIN`, erase, `COMMIT`],
  [`START TRANSACTION READ WRITE`, erase, `COMMIT`],
  [`COMMIT`, erase],
  [`ROLLBACK`, erase],
  [`COMMIT AND CHAIN`, erase, `COMMIT`],
  [`SET autocommit = 0`, erase, `COMMIT`],
  [`SET autocommit = 1`, erase],
  [`SAVEPOINT a`, erase, `RELEASE SAVEPOINT a`],
  [`XA START 'mydba'`, erase, `XA END 'mydba'`, `XA COMMIT 'mydba' ONE PHASE`],
  [`SET STATEMENT transaction_read_only = 0 FOR ${erase}`],
  [`SET STATEMENT tx_read_only = 0 FOR ${erase}`],
  [`RESET CONNECTION`, erase],
  // Chained; the protocol takes one statement.
  [`SELECT 1; ${erase}`],
  [`COMMIT; ${erase}`],
  [`SET SESSION TRANSACTION READ WRITE; BEGIN; ${erase}; COMMIT`],
  // Prepared.
  [`PREPARE p FROM '${erase}'`, `EXECUTE p`],
  [`SET @s = '${erase}'`, `PREPARE q FROM @s`, `EXECUTE q`, `DEALLOCATE PREPARE q`],
  [`EXECUTE IMMEDIATE '${erase}'`],
  [`PREPARE r FROM 'START TRANSACTION READ WRITE'`, `EXECUTE r`, erase, `COMMIT`],
  [`BEGIN NOT ATOMIC ${erase}; END`],
  [`BEGIN NOT ATOMIC SET SESSION TRANSACTION READ WRITE; ${erase}; END`],
];

export const guardOnly = [
  ["CALL commits_and_starts_a_new_transaction()", "its COMMIT ends ours"],
  ["SELECT 1 INTO OUTFILE 'file'", "writes a file of the server"],
  ["SELECT LOAD_FILE('file')", "reads a file of the server"],
  ["SET GLOBAL max_connections = 10", "settings are no data"],
  ["SET PERSIST max_connections = 10", "settings are no data"],
  ["KILL 1", "acts on the server, not on data"],
  ["SHUTDOWN", "acts on the server, not on data"],
  ["FLUSH TABLES", "acts on the server, not on data"],
  [
    "CREATE TEMPORARY TABLE t (a int)",
    "a session's own table, gone with it; allowed by the server",
  ],
  ["SELECT GET_LOCK('a', 1)", "holds up others who use the lock"],
  ["BEGIN NOT ATOMIC COMMIT; DELETE FROM t; END", "as a procedure that commits (MariaDB)"],
];
