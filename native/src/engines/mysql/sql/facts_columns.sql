-- Columns of the tables of facts_tables; AUTO_INCREMENT is the number given next. Source: "The INFORMATION_SCHEMA COLUMNS Table" and "Integer Types", MySQL 9 manual.
SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.COLUMN_NAME, t.COLUMN_TYPE, t.IS_NULLABLE = 'NO', t.COLLATION_NAME, t.CHARACTER_SET_NAME,
       CASE WHEN t.EXTRA LIKE '%auto_increment%' THEN
         (SELECT n.AUTO_INCREMENT - 1 FROM information_schema.TABLES n WHERE n.TABLE_SCHEMA = t.TABLE_SCHEMA AND n.TABLE_NAME = t.TABLE_NAME) END,
       CASE t.DATA_TYPE WHEN 'tinyint' THEN 127 WHEN 'smallint' THEN 32767 WHEN 'mediumint' THEN 8388607
                        WHEN 'int' THEN 2147483647 WHEN 'bigint' THEN 9223372036854775807 END
       * CASE WHEN t.COLUMN_TYPE LIKE '%unsigned%' THEN 2.0 ELSE 1.0 END
FROM information_schema.COLUMNS t
WHERE {tables}
ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, t.ORDINAL_POSITION
