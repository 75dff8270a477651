-- Tables and views of all databases by a part of their name (a LIKE pattern), those that begin with it first. With types, where the server has a data dictionary.
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES
WHERE LOWER(TABLE_NAME) LIKE LOWER(?) ESCAPE '|'
ORDER BY LOWER(TABLE_NAME) NOT LIKE LOWER(?) ESCAPE '|', TABLE_NAME, TABLE_SCHEMA
