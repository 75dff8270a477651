-- Columns of one table that a row can be given a value for. Source: "The INFORMATION_SCHEMA COLUMNS Table", MySQL 9 manual.
SELECT COLUMN_NAME FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COALESCE(GENERATION_EXPRESSION, '') = ''
ORDER BY ORDINAL_POSITION
