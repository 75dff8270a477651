-- Plans that statements had: one row for each shape on a connection, estimated and measured ones
-- apart. `tree` is PlanTree in JSON without the statement's values; `times` the last measured
-- milliseconds, oldest first, in a JSON array.
-- https://sqlite.org/stricttables.html
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS plan (
  id INTEGER PRIMARY KEY,
  connection TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  shape TEXT NOT NULL,
  analyzed INTEGER NOT NULL,
  version TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  count INTEGER NOT NULL,
  cost TEXT NOT NULL,
  times TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  tree TEXT NOT NULL,
  UNIQUE (connection, fingerprint, shape, analyzed)
) STRICT;
CREATE INDEX IF NOT EXISTS plan_by_age ON plan (pinned, last_seen);
PRAGMA user_version = 1;
COMMIT;
