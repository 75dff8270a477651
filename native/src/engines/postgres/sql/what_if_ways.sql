-- Whether indexes can be imagined or built here: HypoPG in this database, for it and for this role, and whether a transaction may write (manual, "pg_extension", "pg_available_extensions"; hypopg.readthedocs.io).
SELECT pg_catalog.quote_ident(n.nspname) AS hypopg_schema,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS hypopg_usable,
       pg_catalog.quote_ident(current_user) AS role,
       EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'hypopg') AS hypopg_available,
       pg_catalog.current_setting('transaction_read_only') = 'on' AS read_only,
       pg_catalog.pg_is_in_recovery() AS standby
FROM (SELECT 1) one LEFT JOIN (pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace)
  ON e.extname = 'hypopg'
