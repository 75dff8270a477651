-- Indexes of one table, one row for each column. No cardinality: reading it opens every table. Source: "The INFORMATION_SCHEMA STATISTICS Table", MySQL 9 manual.
SELECT INDEX_NAME, NON_UNIQUE, INDEX_TYPE, COLUMN_NAME, SUB_PART
FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX
