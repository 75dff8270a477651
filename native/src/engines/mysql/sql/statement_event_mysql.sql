-- The last statement of a thread but for SHOW STATUS and SET; times in picoseconds, since the server's start. Source: "The events_statements_history Table", MySQL 9 manual.
SELECT EVENT_ID, END_EVENT_ID, TIMER_START, TIMER_WAIT, LOCK_TIME, ROWS_EXAMINED, CPU_TIME
FROM performance_schema.events_statements_history
WHERE THREAD_ID = ? AND EVENT_NAME NOT IN ('statement/sql/show_status', 'statement/sql/set_option') AND (NESTING_EVENT_TYPE IS NULL OR NESTING_EVENT_TYPE = 'TRANSACTION')
ORDER BY EVENT_ID DESC LIMIT 1
