-- Relations of some kinds in a schema, by name (manual, "pg_class"). $1 schema, $2 kinds, $3 last name or '', $4 limit.
-- Walks pg_class_relname_nsp_index from the last name on. Estimated rows are -1 before the first
-- ANALYZE (since version 14).
SELECT relname AS name,
       CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materializedView' WHEN 'f' THEN 'foreignTable'
                    WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
       CASE relkind WHEN 'v' THEN 'eye' WHEN 'm' THEN 'layers' WHEN 'f' THEN 'link-external'
                    WHEN 'S' THEN 'list-ordered' ELSE 'table' END AS icon,
       concat_ws(' · ', CASE WHEN relkind = 'p' THEN 'partitioned' END,
                 CASE WHEN relpersistence = 'u' THEN 'unlogged' END,
                 CASE WHEN relkind IN ('r', 'p', 'm', 'f') AND reltuples >= 0
                      THEN '~' || reltuples::bigint || CASE reltuples WHEN 1 THEN ' row' ELSE ' rows' END END) AS detail,
       pg_catalog.obj_description(oid, 'pg_class') AS tooltip,
       relkind <> 'S' AS children,
       CASE WHEN relkind = 'S' THEN 'script' ELSE 'preview script' END AS actions,
       relname AS cursor
FROM pg_catalog.pg_class
WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND relkind = ANY (string_to_array($2, NULL)::"char"[])
  AND NOT relispartition
  AND relname > $3::name
ORDER BY relname
LIMIT $4::int
