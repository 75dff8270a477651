-- A table or view that a statement names. Source: "The INFORMATION_SCHEMA TABLES Table", MySQL 9 manual; TABLE_ROWS is an estimate of InnoDB.
SELECT TABLE_TYPE, ENGINE, TABLE_ROWS, DATA_LENGTH + INDEX_LENGTH, ROW_FORMAT,
       (SELECT count(*) FROM information_schema.STATISTICS s
        WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME AND s.INDEX_TYPE = 'FULLTEXT')
FROM information_schema.TABLES t WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
