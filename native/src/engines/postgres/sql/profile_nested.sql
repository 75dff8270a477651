-- Whether auto_explain is there, or only configured for when it will be, and whether what it tells a client would also go to the server's log (manual, "auto_explain", "log_min_messages"). A setting of a library that is not loaded is not listed in pg_settings.
SELECT EXISTS (SELECT FROM pg_catalog.pg_settings WHERE name = 'auto_explain.log_level') AS loaded,
       pg_catalog.current_setting('auto_explain.log_min_duration', true) IS NOT NULL AS configured,
       pg_catalog.current_setting('log_min_messages') NOT IN ('warning', 'error', 'log', 'fatal', 'panic') AS logs
