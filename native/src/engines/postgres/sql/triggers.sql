-- Triggers of a relation that somebody made (manual, "pg_trigger"). $1 schema, $2 relation, $3 last name or '', $4 limit.
SELECT t.tgname AS name, 'trigger' AS kind, 'zap' AS icon,
       CASE t.tgenabled WHEN 'D' THEN 'disabled' ELSE '' END AS detail,
       pg_catalog.pg_get_triggerdef(t.oid, true) AS tooltip,
       false AS children, 'script' AS actions, t.tgname AS cursor
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class r ON r.oid = t.tgrelid
WHERE r.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
  AND r.relname = $2::name
  AND NOT t.tgisinternal
  AND t.tgname > $3::name
ORDER BY t.tgname
LIMIT $4::int
