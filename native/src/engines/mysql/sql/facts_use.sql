-- How often each index was used since the server started, and for how many days. Source: "Table I/O and Lock Wait Summary Tables", MySQL 9 manual; MariaDB has it where performance_schema is on.
SELECT u.OBJECT_SCHEMA, u.OBJECT_NAME, u.INDEX_NAME, u.COUNT_STAR, floor(s.VARIABLE_VALUE / 86400)
FROM performance_schema.table_io_waits_summary_by_index_usage u
JOIN performance_schema.global_status s ON s.VARIABLE_NAME = 'Uptime'
WHERE u.INDEX_NAME IS NOT NULL AND u.OBJECT_SCHEMA = coalesce(database(), u.OBJECT_SCHEMA)
