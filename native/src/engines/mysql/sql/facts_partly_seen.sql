-- Tables of which this account sees single columns only, and so not all of their indexes. Source: "The INFORMATION_SCHEMA COLUMN_PRIVILEGES Table", MySQL 9 manual.
SELECT DISTINCT TABLE_SCHEMA, TABLE_NAME FROM information_schema.COLUMN_PRIVILEGES
WHERE GRANTEE = concat('''', replace(current_user(), '@', '''@'''), '''')
