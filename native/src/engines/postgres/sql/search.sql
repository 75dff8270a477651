-- Relations, functions, enums and ranges whose name contains $1 without case, those that start with it first. $2 limit.
-- No index can serve this: it is one pass over pg_class, whose cheap tests come first.
WITH found AS (
  SELECT relname AS name, relnamespace AS schema,
         CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materializedView' WHEN 'f' THEN 'foreignTable'
                      WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
         CASE relkind WHEN 'v' THEN 'eye' WHEN 'm' THEN 'layers' WHEN 'f' THEN 'link-external'
                      WHEN 'S' THEN 'list-ordered' ELSE 'table' END AS icon,
         CASE relkind WHEN 'v' THEN 'Views' WHEN 'm' THEN 'Materialized views' WHEN 'f' THEN 'Foreign tables'
                      WHEN 'S' THEN 'Sequences' ELSE 'Tables' END AS folder,
         relkind <> 'S' AS children,
         CASE WHEN relkind = 'S' THEN 'script' ELSE 'preview script' END AS actions,
         relname::text AS shown
  FROM pg_catalog.pg_class
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND strpos(lower(relname), lower($1)) > 0
  UNION ALL
  SELECT proname, pronamespace, 'function', 'symbol-method', 'Functions', false,
         CASE prokind WHEN 'a' THEN '' ELSE 'script' END,
         proname || '(' || pg_catalog.pg_get_function_identity_arguments(oid) || ')'
  FROM pg_catalog.pg_proc
  WHERE strpos(lower(proname), lower($1)) > 0
  UNION ALL
  SELECT typname, typnamespace, CASE typtype WHEN 'e' THEN 'enum' ELSE 'range' END,
         CASE typtype WHEN 'e' THEN 'symbol-enum' ELSE 'symbol-structure' END, 'Types', false, 'script', typname
  FROM pg_catalog.pg_type
  -- By their own small catalogues: every table has two rows in pg_type.
  WHERE oid IN (SELECT enumtypid FROM pg_catalog.pg_enum UNION ALL SELECT rngtypid FROM pg_catalog.pg_range)
    AND strpos(lower(typname), lower($1)) > 0)
SELECT f.shown AS name, f.kind, f.icon, n.nspname AS detail, NULL AS tooltip, f.children, f.actions,
       f.shown AS cursor, n.nspname AS home, f.folder
FROM found f
JOIN pg_catalog.pg_namespace n ON n.oid = f.schema
WHERE n.nspname NOT LIKE 'pg\_toast%' AND n.nspname NOT LIKE 'pg\_temp\_%'
ORDER BY n.nspname = 'information_schema' OR n.nspname LIKE 'pg\_%',
         strpos(lower(f.name), lower($1)) <> 1, length(f.name), f.name, n.nspname, f.shown
LIMIT $2::int
