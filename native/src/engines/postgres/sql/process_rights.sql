-- Whether all of pg_stat_activity is shown (manual, "Predefined Roles"), and the server's time.
SELECT pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS all_shown,
       to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS time
