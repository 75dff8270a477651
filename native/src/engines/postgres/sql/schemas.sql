-- Schemas, those of the system last (manual, "pg_namespace"). $1 last name or '', $2 limit.
SELECT nspname AS name, 'schema' AS kind, 'symbol-namespace' AS icon,
       CASE WHEN system THEN 'system' ELSE '' END AS detail,
       pg_catalog.obj_description(oid, 'pg_namespace') AS tooltip,
       true AS children, 'script' AS actions, nspname AS cursor
FROM (SELECT oid, nspname,
             nspname = 'information_schema' OR nspname LIKE 'pg\_%' AS system
      FROM pg_catalog.pg_namespace
      WHERE nspname NOT LIKE 'pg\_toast%' AND nspname NOT LIKE 'pg\_temp\_%') s
WHERE $1 = '' OR (system, nspname) > ($1 = 'information_schema' OR $1 LIKE 'pg\_%', $1::name)
ORDER BY system, nspname
LIMIT $2::int
