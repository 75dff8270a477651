-- Partitions of a table (manual, "pg_inherits"). $1 schema, $2 table, $3 cursor or '', $4 limit.
-- They may stand in other schemas, so the cursor is `oid of the schema:name`.
SELECT c.relname AS name, 'table' AS kind, 'table' AS icon,
       concat_ws(' · ', pg_catalog.pg_get_expr(c.relpartbound, c.oid),
                 CASE WHEN c.reltuples >= 0 THEN '~' || c.reltuples::bigint || ' rows' END) AS detail,
       pg_catalog.obj_description(c.oid, 'pg_class') AS tooltip,
       true AS children, 'preview script' AS actions, c.relnamespace || ':' || c.relname AS cursor,
       n.nspname AS home
FROM pg_catalog.pg_inherits h
JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class r ON r.oid = h.inhparent
WHERE r.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND r.relname = $2::name
  AND c.relispartition
  AND ($3 = '' OR (c.relname, c.relnamespace) > (substr($3, strpos($3, ':') + 1)::name,
                                                 coalesce(nullif(split_part($3, ':', 1), ''), '0')::oid))
ORDER BY c.relname, c.relnamespace
LIMIT $4::int
