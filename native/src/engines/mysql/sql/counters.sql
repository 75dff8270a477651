-- Columns of a table whose values come from a counter that no rollback sets back. Sources: "The INFORMATION_SCHEMA COLUMNS Table" (EXTRA), MySQL 9 manual; "NEXT VALUE for sequence_name", MariaDB manual (column defaults).
SELECT COLUMN_NAME, LOWER(EXTRA) LIKE '%auto_increment%' FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND (LOWER(EXTRA) LIKE '%auto_increment%' OR LOWER(COLUMN_DEFAULT) LIKE '%nextval(%')
