-- The audit log: bodies are JSON, hashes are hex SHA-256 over the hash before and the body.
-- `head` holds the last entry once more, so that one cut off at the end is missed. `start` holds the
-- last entry that a retention let go; older ones may be deleted, no others. `ending` finds the ending
-- of a beginning: what it says is checked against the entry.
-- https://sqlite.org/lang_createtrigger.html (RAISE)
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS start (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ending (began INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
DROP TRIGGER IF EXISTS entry_is_kept;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry WHEN old.seq > coalesce((SELECT seq FROM start), 0)
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_final BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
PRAGMA user_version = 1;
COMMIT;
