-- Functions, procedures and aggregates of a schema (manual, "pg_proc"). $1 schema, $2 cursor or '', $3 limit.
-- Names repeat, so the cursor is `oid:name` of the last one.
SELECT proname || '(' || pg_catalog.pg_get_function_identity_arguments(oid) || ')' AS name,
       CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
       'symbol-method' AS icon, coalesce(pg_catalog.pg_get_function_result(oid), '') AS detail,
       pg_catalog.obj_description(oid, 'pg_proc') AS tooltip,
       false AS children, CASE prokind WHEN 'a' THEN '' ELSE 'script' END AS actions,
       oid || ':' || proname AS cursor
FROM pg_catalog.pg_proc
WHERE pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND ($2 = '' OR (proname, oid) > (substr($2, strpos($2, ':') + 1)::name,
                                    coalesce(nullif(split_part($2, ':', 1), ''), '0')::oid))
ORDER BY proname, oid
LIMIT $3::int
