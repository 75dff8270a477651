-- Stages of one statement, as an interval of the events of a thread; times in picoseconds. Source: "The events_stages_history_long Table", MySQL 9 and MariaDB manuals.
SELECT EVENT_NAME, TIMER_START, TIMER_WAIT, SOURCE, WORK_COMPLETED, WORK_ESTIMATED, NESTING_EVENT_ID
FROM performance_schema.events_stages_history_long
WHERE THREAD_ID = ? AND EVENT_ID > ? AND EVENT_ID <= ? AND TIMER_WAIT IS NOT NULL
ORDER BY EVENT_ID LIMIT 2000
