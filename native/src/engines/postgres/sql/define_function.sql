-- The statement that makes a function or procedure; aggregates have none (manual, "pg_get_functiondef"). $1 schema, $2 name with argument types.
SELECT rtrim(pg_catalog.pg_get_functiondef(p.oid), E'\n') || ';' AS statement
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = $1::name AND p.prokind <> 'a'
  AND p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' = $2
