-- Types that somebody made, not those of tables and arrays (manual, "pg_type"). $1 schema, $2 last name or '', $3 limit.
SELECT t.typname AS name,
       CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'compositeType' END AS kind,
       CASE t.typtype WHEN 'e' THEN 'symbol-enum' ELSE 'symbol-structure' END AS icon,
       CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite'
                      ELSE pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS detail,
       pg_catalog.obj_description(t.oid, 'pg_type') AS tooltip,
       false AS children, 'script' AS actions, t.typname AS cursor
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
  AND t.typname > $2::name
ORDER BY t.typname
LIMIT $3::int
