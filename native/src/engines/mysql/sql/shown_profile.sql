-- Stages of the last statement that ran with profiling on, in their order, in seconds. Source: "SHOW PROFILE Statement" and "The INFORMATION_SCHEMA PROFILING Table", MySQL 9 and MariaDB manuals.
SELECT STATE, DURATION, CPU_USER, CPU_SYSTEM, BLOCK_OPS_IN, BLOCK_OPS_OUT, SOURCE_FUNCTION FROM information_schema.PROFILING
WHERE QUERY_ID = (SELECT MAX(QUERY_ID) FROM information_schema.PROFILING) ORDER BY SEQ LIMIT 2000
