-- The statements of the current database, or those without one, with times in milliseconds, most time first; the one without a text is the sum of what did not fit. Source: "Statement Summary Tables", MySQL 9 manual.
SELECT DIGEST_TEXT, SCHEMA_NAME, COUNT_STAR, SUM_TIMER_WAIT / 1e9, AVG_TIMER_WAIT / 1e9, SUM_ROWS_EXAMINED, SUM_ROWS_SENT,
  SUM_NO_INDEX_USED, SUM_NO_GOOD_INDEX_USED, SUM_CREATED_TMP_DISK_TABLES
FROM performance_schema.events_statements_summary_by_digest
WHERE SCHEMA_NAME <=> DATABASE() AND DIGEST_TEXT IS NOT NULL
ORDER BY SUM_TIMER_WAIT DESC
