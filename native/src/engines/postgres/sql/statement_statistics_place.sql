-- Where pg_stat_statements is, its name quoted, if this role may ask it and statements get ids; no row else (manual, "pg_stat_statements", "compute_query_id").
SELECT pg_catalog.quote_ident(n.nspname)
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'pg_stat_statements' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.current_setting('pg_stat_statements.track', true) IS NOT NULL
  AND pg_catalog.current_setting('compute_query_id', true) <> 'off'
