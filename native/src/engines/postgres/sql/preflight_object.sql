-- Where the catalogue keeps an object (manual, "pg_depend"; to_reg* functions answer NULL for what is not there). $1 type of the object, $2 name as written, $3 column or empty.
SELECT o.class::oid AS class, o.oid, coalesce((SELECT a.attnum FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = o.oid AND $3 <> '' AND a.attname = (pg_catalog.parse_ident($3))[1] AND NOT a.attisdropped), 0) AS sub
FROM (SELECT 'pg_catalog.pg_class'::regclass AS class, pg_catalog.to_regclass($2)::oid AS oid
      WHERE $1 IN ('table', 'foreign table', 'view', 'materialized view', 'index', 'sequence')
      UNION ALL
      SELECT 'pg_catalog.pg_type'::regclass, pg_catalog.to_regtype($2)::oid WHERE $1 IN ('type', 'domain')
      UNION ALL
      SELECT 'pg_catalog.pg_proc'::regclass,
             CASE WHEN strpos($2, '(') > 0 THEN pg_catalog.to_regprocedure($2)::oid ELSE pg_catalog.to_regproc($2)::oid END
      WHERE $1 IN ('function', 'procedure', 'aggregate')
      UNION ALL
      SELECT 'pg_catalog.pg_namespace'::regclass, pg_catalog.to_regnamespace($2)::oid WHERE $1 = 'schema'
      UNION ALL
      SELECT 'pg_catalog.pg_extension'::regclass,
             (SELECT e.oid FROM pg_catalog.pg_extension e WHERE e.extname = (pg_catalog.parse_ident($2))[1]) WHERE $1 = 'extension') o
WHERE o.oid IS NOT NULL
