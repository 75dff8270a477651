-- A page of names with types, from the data dictionary of MySQL 8.0 and later. Source: "The INFORMATION_SCHEMA TABLES Table", MySQL 9 manual.
SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES
WHERE TABLE_SCHEMA = ? AND BINARY TABLE_NAME > BINARY ? AND TABLE_TYPE NOT LIKE '%VIEW'
ORDER BY BINARY TABLE_NAME
