-- What was sent to models: one row a request, entered before it leaves and completed when it has
-- ended. `request` is verbatim; `masked` is a JSON object of counts by kind.
-- https://sqlite.org/stricttables.html
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS sent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time TEXT NOT NULL,
  provider TEXT NOT NULL,
  address TEXT NOT NULL,
  model TEXT NOT NULL,
  purpose TEXT NOT NULL,
  request TEXT NOT NULL,
  masked TEXT NOT NULL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cost REAL,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sent_by_time ON sent (time);
PRAGMA user_version = 1;
COMMIT;
