-- The statement that makes a constraint (manual, "pg_get_constraintdef"). $1 schema, $2 relation, $3 constraint.
SELECT pg_catalog.format(E'ALTER TABLE %I.%I\n    ADD CONSTRAINT %I %s;', n.nspname, r.relname, k.conname,
                         pg_catalog.pg_get_constraintdef(k.oid)) AS statement
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class r ON r.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
WHERE n.nspname = $1::name AND r.relname = $2::name AND k.conname = $3::name
