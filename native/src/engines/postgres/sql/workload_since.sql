-- Since when pg_stat_statements has counted; {schema} is replaced by the quoted name of its schema (manual, "pg_stat_statements", from its version 1.9 on).
SELECT pg_catalog.to_char(stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM {schema}.pg_stat_statements_info
