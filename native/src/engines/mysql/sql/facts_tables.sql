-- Tables for the rules of advise/catalogue; {tables} is a condition on their schemas and names. Source: "The INFORMATION_SCHEMA TABLES Table", MySQL 9 manual.
SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.ENGINE, e.TRANSACTIONS, t.TABLE_COLLATION, t.TABLE_ROWS
FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
WHERE t.TABLE_TYPE = 'BASE TABLE' AND {tables}
ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME
