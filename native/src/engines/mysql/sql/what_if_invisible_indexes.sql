-- Invisible indexes of one table. Source: "Invisible Indexes", MySQL 9 manual.
SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND IS_VISIBLE = 'NO'
