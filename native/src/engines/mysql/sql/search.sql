-- Tables and views of all databases by a part of their name (a LIKE pattern), those that begin with it first. Names only, as in table_names.sql.
SELECT TABLE_SCHEMA, TABLE_NAME, NULL FROM information_schema.TABLES
WHERE LOWER(TABLE_NAME) LIKE LOWER(?) ESCAPE '|'
ORDER BY LOWER(TABLE_NAME) NOT LIKE LOWER(?) ESCAPE '|', TABLE_NAME, TABLE_SCHEMA
