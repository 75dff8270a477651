-- The statement that makes an index (manual, "pg_get_indexdef"). $1 schema, $2 index.
SELECT pg_catalog.pg_get_indexdef(c.oid) || ';' AS statement
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1::name AND c.relname = $2::name AND c.relkind IN ('i', 'I')
