-- What a thread has waited for since it began, in picoseconds. Source: "Wait Event Summary Tables", MySQL 9 and MariaDB manuals.
SELECT EVENT_NAME, COUNT_STAR, SUM_TIMER_WAIT FROM performance_schema.events_waits_summary_by_thread_by_event_name
WHERE THREAD_ID = ? AND SUM_TIMER_WAIT > 0 AND EVENT_NAME <> 'idle'
