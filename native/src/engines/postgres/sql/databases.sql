-- Databases that can be opened, the connected one first (manual, "pg_database"). $1 last name or '', $2 limit.
SELECT datname AS name, 'database' AS kind, 'database' AS icon,
       CASE WHEN datname = current_database() THEN 'connected' ELSE '' END AS detail,
       pg_catalog.shobj_description(oid, 'pg_database') AS tooltip,
       true AS children, 'script' AS actions, datname AS cursor
FROM pg_catalog.pg_database
WHERE datallowconn AND NOT datistemplate
  AND ($1 = '' OR (datname <> current_database(), datname) > ($1 <> current_database(), $1::name))
ORDER BY datname <> current_database(), datname
LIMIT $2::int
