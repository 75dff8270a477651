-- Views that read a table: MariaDB stores their text with every name qualified and in backticks. Source: "Information Schema VIEWS Table", MariaDB manual.
SELECT TABLE_NAME FROM information_schema.VIEWS
WHERE LOCATE(CONCAT('`', REPLACE(?, '`', '``'), '`.`', REPLACE(?, '`', '``'), '`'), VIEW_DEFINITION) > 0 ORDER BY TABLE_NAME
