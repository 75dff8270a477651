-- Names and types of a table's columns; without a schema, of the current one.
-- Source: "The INFORMATION_SCHEMA COLUMNS Table", MySQL 9 manual.
SELECT COLUMN_NAME, LOWER(DATA_TYPE)
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = COALESCE(NULLIF(?, ''), DATABASE()) AND TABLE_NAME = ?
