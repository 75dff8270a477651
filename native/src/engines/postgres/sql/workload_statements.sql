-- The statements of this database on which most time was spent, without their values, and first the sum of those that this role may not see (queryid is NULL); {schema} is replaced by the quoted name of the extension's schema (manual, "pg_stat_statements"; total_exec_time came with its version 1.8). $1 how many.
SELECT s.queryid, pg_catalog.min(s.query) AS query, pg_catalog.sum(s.calls) AS calls,
       pg_catalog.sum(s.total_exec_time) AS total_ms, pg_catalog.sum(s.rows) AS rows
FROM {schema}.pg_stat_statements s
WHERE s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
GROUP BY s.queryid
ORDER BY s.queryid IS NULL DESC, total_ms DESC
LIMIT $1::int
