-- What a profile needs to know of the server: this session's process, what is measured, and pg_stat_statements (manual, "track_io_timing", "pg_stat_statements", "compute_query_id").
SELECT pg_catalog.pg_backend_pid() AS pid, pg_catalog.quote_ident(current_user) AS role,
       pg_catalog.current_setting('track_io_timing') = 'on' AS io_timing,
       (SELECT pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements') AS counters_schema,
       pg_catalog.current_setting('pg_stat_statements.track', true) AS track,
       pg_catalog.current_setting('compute_query_id') AS query_ids
