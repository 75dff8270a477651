-- Tables and views of all databases by a part of their name (a LIKE pattern), those that begin with it first. Names only, as in table_names.sql; MariaDB compares them without case.
SELECT TABLE_SCHEMA, TABLE_NAME, NULL FROM information_schema.TABLES
WHERE TABLE_NAME LIKE ? ESCAPE '|'
ORDER BY TABLE_NAME NOT LIKE ? ESCAPE '|', TABLE_NAME, TABLE_SCHEMA
