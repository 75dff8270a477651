-- The statement that makes a trigger (manual, "pg_get_triggerdef"). $1 schema, $2 relation, $3 trigger.
SELECT pg_catalog.pg_get_triggerdef(t.oid) || ';' AS statement
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class r ON r.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
WHERE n.nspname = $1::name AND r.relname = $2::name AND t.tgname = $3::name AND NOT t.tgisinternal
