-- Indexes of a relation (manual, "pg_index"). $1 schema, $2 relation, $3 last name or '', $4 limit.
SELECT c.relname AS name, 'index' AS kind, 'list-tree' AS icon,
       concat_ws(' · ', CASE WHEN i.indisprimary THEN 'primary' WHEN i.indisunique THEN 'unique' END,
                 am.amname || ' (' ||
                 (SELECT string_agg(pg_catalog.pg_get_indexdef(i.indexrelid, n, true), ', ' ORDER BY n)
                  FROM generate_series(1, i.indnkeyatts) n) || ')',
                 CASE WHEN NOT i.indisvalid THEN 'invalid' END) AS detail,
       pg_catalog.pg_get_indexdef(i.indexrelid) AS tooltip,
       false AS children, 'script' AS actions, c.relname AS cursor
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = c.relam
JOIN pg_catalog.pg_class r ON r.oid = i.indrelid
WHERE r.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND r.relname = $2::name
  AND c.relname > $3::name
ORDER BY c.relname
LIMIT $4::int
