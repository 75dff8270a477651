-- Schema and name of an object that a statement names (manual, "Object Identifier Types"). $1 type of the object, $2 name as written.
SELECT n.nspname AS schema, o.name, o.oid
FROM (SELECT c.relnamespace AS namespace, c.relname::text AS name, c.oid FROM pg_catalog.pg_class c
      WHERE $1 IN ('table', 'view', 'materialized view', 'index', 'sequence') AND c.oid = pg_catalog.to_regclass($2)
        AND c.relkind = ANY (CASE $1 WHEN 'table' THEN '{r,p,v,m,f}' WHEN 'view' THEN '{v}' WHEN 'materialized view' THEN '{m}'
                                     WHEN 'index' THEN '{i,I}' ELSE '{S}' END::"char"[])
      UNION ALL
      SELECT p.pronamespace, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', p.oid FROM pg_catalog.pg_proc p
      WHERE $1 IN ('function', 'procedure')
        AND p.oid = CASE WHEN strpos($2, '(') > 0 THEN pg_catalog.to_regprocedure($2)::oid ELSE pg_catalog.to_regproc($2)::oid END
      UNION ALL
      SELECT t.typnamespace, t.typname, t.oid FROM pg_catalog.pg_type t
      WHERE $1 IN ('type', 'domain') AND t.oid = pg_catalog.to_regtype($2)) o
JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
