-- Type of one table: an exact lookup, which opens that table only. Source: as table_names.sql.
SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES
WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
