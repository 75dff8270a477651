-- Views that read a table: MariaDB stores their text with every name qualified and in backticks. Source: "Information Schema VIEWS Table", MariaDB manual.
-- It opens every view of every schema that the condition lets in, a hundred of them in sys, which read no table of a user.
SELECT TABLE_NAME FROM information_schema.VIEWS
WHERE LOCATE(CONCAT('`', REPLACE(?, '`', '``'), '`.`', REPLACE(?, '`', '``'), '`'), VIEW_DEFINITION) > 0
  AND TABLE_SCHEMA NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
ORDER BY TABLE_NAME
