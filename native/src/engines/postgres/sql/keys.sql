-- Constraints of a relation, without NOT NULL, which version 18 lists too (manual, "pg_constraint"). $1 schema, $2 relation, $3 last name or '', $4 limit.
SELECT k.conname AS name, 'key' AS kind, 'key' AS icon,
       pg_catalog.pg_get_constraintdef(k.oid, true) AS detail,
       pg_catalog.obj_description(k.oid, 'pg_constraint') AS tooltip,
       false AS children, 'script' AS actions, k.conname AS cursor
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class r ON r.oid = k.conrelid
WHERE r.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND r.relname = $2::name
  AND k.contype IN ('p', 'u', 'f', 'c', 'x')
  AND k.conname > $3::name
ORDER BY k.conname
LIMIT $4::int
