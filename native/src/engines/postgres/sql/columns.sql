-- Columns in their order (manual, "pg_attribute"). $1 schema, $2 relation, $3 last number or '', $4 limit.
SELECT a.attname AS name, 'column' AS kind,
       CASE WHEN primary_key THEN 'key' ELSE 'symbol-field' END AS icon,
       concat_ws(' · ', pg_catalog.format_type(a.atttypid, a.atttypmod),
                 CASE WHEN primary_key THEN 'primary key' END,
                 CASE WHEN a.attnotnull THEN 'not null' END,
                 CASE WHEN a.attidentity <> '' THEN 'identity' END,
                 CASE WHEN a.attgenerated <> '' THEN 'generated' END,
                 'default ' || CASE WHEN a.attgenerated = '' THEN left(pg_catalog.pg_get_expr(d.adbin, d.adrelid), 100) END) AS detail,
       pg_catalog.col_description(a.attrelid, a.attnum) AS tooltip,
       false AS children, '' AS actions, a.attnum AS cursor
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM pg_catalog.pg_index i
                                   WHERE i.indrelid = a.attrelid AND i.indisprimary
                                     AND a.attnum = ANY (i.indkey)) AS primary_key) k
WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND c.relname = $2::name
  AND a.attnum > coalesce(nullif($3, ''), '0')::int
  AND NOT a.attisdropped
ORDER BY a.attnum
LIMIT $4::int
