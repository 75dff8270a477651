-- Names of the tables and views of the current database, or without one of all but the system's. Source: as table_names.sql.
SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES
WHERE TABLE_SCHEMA = coalesce(database(), TABLE_SCHEMA)
  AND TABLE_SCHEMA NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
