-- What pg_stat_statements has counted for a statement of this user here, by counter; {schema} is replaced by the quoted name of its schema (manual, "pg_stat_statements"). $1 query id.
SELECT c.key AS name, pg_catalog.sum(c.value::numeric) AS value
FROM {schema}.pg_stat_statements(false) s
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.to_jsonb(s) - ARRAY['userid', 'dbid', 'queryid', 'query', 'toplevel', 'stats_since', 'minmax_stats_since']) c
WHERE s.queryid = $1::bigint AND s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  AND s.userid = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
  AND NOT c.key LIKE ANY (ARRAY['min\_%', 'max\_%', 'mean\_%', 'stddev\_%'])
GROUP BY c.key
