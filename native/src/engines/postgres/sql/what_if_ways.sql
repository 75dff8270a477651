-- Whether indexes can be imagined or built here: HypoPG in this database and for it, and whether a transaction may write (manual, "pg_extension", "pg_available_extensions"; hypopg.readthedocs.io).
SELECT (SELECT pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'hypopg') AS hypopg_schema,
       EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'hypopg') AS hypopg_available,
       pg_catalog.current_setting('transaction_read_only') = 'on' AS read_only,
       pg_catalog.pg_is_in_recovery() AS standby
