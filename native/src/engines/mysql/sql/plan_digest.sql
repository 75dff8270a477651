-- What was counted for one statement in the current database, with times in milliseconds. Source: "Statement Summary Tables", MySQL 9 manual.
SELECT COUNT_STAR, SUM_TIMER_WAIT / 1e9, AVG_TIMER_WAIT / 1e9, SUM_ROWS_EXAMINED, SUM_ROWS_SENT,
  SUM_NO_INDEX_USED, SUM_NO_GOOD_INDEX_USED, SUM_CREATED_TMP_DISK_TABLES
FROM performance_schema.events_statements_summary_by_digest
WHERE SCHEMA_NAME = DATABASE() AND DIGEST = STATEMENT_DIGEST(?)
