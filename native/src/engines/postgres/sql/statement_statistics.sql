-- What pg_stat_statements has counted here for a statement, over all users whose statements this role may see; {schema} is replaced by the quoted name of its schema (manual, "pg_stat_statements"; columns since its version 1.8). $1 query id.
SELECT pg_catalog.sum(s.calls) AS calls, pg_catalog.sum(s.total_exec_time) AS total_ms, pg_catalog.sum(s.rows) AS rows
FROM {schema}.pg_stat_statements(false) s
WHERE s.queryid = $1::bigint AND s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
HAVING pg_catalog.sum(s.calls) > 0
