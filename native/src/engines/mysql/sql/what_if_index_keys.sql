-- The parts of one index as expressions, NULL for one that is no column. Source: "The INFORMATION_SCHEMA STATISTICS Table", MySQL 9 manual.
SELECT CASE WHEN SUB_PART IS NULL THEN CONCAT('`', REPLACE(COLUMN_NAME, '`', '``'), '`')
  ELSE CONCAT('LEFT(`', REPLACE(COLUMN_NAME, '`', '``'), '`, ', SUB_PART, ')') END
FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND INDEX_NAME = ?
ORDER BY SEQ_IN_INDEX
