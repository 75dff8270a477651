-- The same as search.sql with types, for MySQL: its data dictionary has them at hand, and compares names with case where file names have it.
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES
WHERE LOWER(TABLE_NAME) LIKE LOWER(?) ESCAPE '|'
ORDER BY LOWER(TABLE_NAME) NOT LIKE LOWER(?) ESCAPE '|', TABLE_NAME, TABLE_SCHEMA
