// The same for SQLite: the file is opened read-only, and an authorizer sees what each statement
// compiles to. Sources: sqlite.org/pragma.html, lang_attach.html, lang_vacuum.html, security.html.

export const setup = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)",
  "INSERT INTO t (name) VALUES ('a'), ('b'), ('c')",
  "CREATE VIEW v AS SELECT * FROM t",
  "CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN DELETE FROM t; END",
  "PRAGMA user_version = 5",
];
export const teardown = [];

export const checksum = `
  SELECT (SELECT group_concat(id || name) FROM t), (SELECT group_concat(sql) FROM sqlite_schema),
    (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM pragma_database_list),
    (SELECT journal_mode FROM pragma_journal_mode)`;

/** `folder` is the one of the file; nothing else may appear in it. */
export const attempts = (folder) => [
  ["INSERT INTO t (name) VALUES ('x')"],
  ["REPLACE INTO t VALUES (1, 'x')"],
  ["UPDATE t SET name = 'x'"],
  ["DELETE FROM t"],
  ["WITH c AS (SELECT 1) DELETE FROM t"],
  ["DELETE FROM t RETURNING *"],
  ["INSERT INTO v VALUES (9, 'x')"],
  ["DROP TABLE t"],
  ["ALTER TABLE t ADD COLUMN c"],
  ["ALTER TABLE t RENAME TO u"],
  ["CREATE TABLE u (a)"],
  ["CREATE TEMP TABLE u (a)"],
  ["CREATE TEMP VIEW w AS SELECT 1"],
  ["CREATE TEMP TRIGGER h AFTER INSERT ON t BEGIN SELECT 1; END"],
  ["CREATE VIRTUAL TABLE f USING fts5(a)"],
  ["CREATE INDEX i ON t (name)"],
  ["REINDEX"],
  ["ANALYZE"],
  ["VACUUM"],
  [`VACUUM INTO '${folder}/copy.db'`],
  [`ATTACH '${folder}/other.db' AS o`, "CREATE TABLE o.u (a)"],
  [`ATTACH 'file:${folder}/other.db?mode=rwc' AS o`, "CREATE TABLE o.u (a)"],
  ["ATTACH ':memory:' AS m", "CREATE TABLE m.u (a)"],
  ["DETACH main"],
  ["PRAGMA user_version = 6"],
  ["PRAGMA application_id(7)"],
  ["PRAGMA journal_mode = WAL"],
  ["PRAGMA journal_mode(DELETE)"],
  ["PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = ''"],
  ["PRAGMA query_only = OFF", "DELETE FROM t"],
  ["PRAGMA main.schema_version = 99"],
  ["PRAGMA wal_checkpoint(TRUNCATE)"],
  ["PRAGMA incremental_vacuum"],
  ["PRAGMA optimize"],
  ["PRAGMA temp_store_directory = '/tmp'"],
  ["SELECT * FROM pragma_user_version(6)"],
  ["SELECT load_extension('/tmp/evil.so')"],
  [`SELECT writefile('${folder}/file', 'x')`],
  ["SELECT edit('x', 'vi')"],
  ["BEGIN IMMEDIATE", "DELETE FROM t", "COMMIT"],
  ["BEGIN EXCLUSIVE", "COMMIT"],
  ["SAVEPOINT a", "DELETE FROM t", "RELEASE a"],
  ["SELECT 1; DELETE FROM t"],
  ["/* SELECT */ DELETE FROM t"],
  ["-- comment\nDELETE FROM t"],
  ["EXPLAIN DELETE FROM t"],
];

export const guardOnly = [];
