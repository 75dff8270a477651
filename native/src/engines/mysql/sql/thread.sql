-- The thread of a session, and whether its events are recorded. Source: "The threads Table", MySQL 9 and MariaDB manuals.
SELECT THREAD_ID, INSTRUMENTED, HISTORY FROM performance_schema.threads WHERE PROCESSLIST_ID = ?
