-- The kinds of object that a schema has (manual, "pg_class", "pg_proc", "pg_type"). $1 schema.
-- One pass over pg_class: it has no index on relnamespace, so an EXISTS per kind would read it
-- whole for every kind that is absent.
WITH schema AS MATERIALIZED (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name),
     kinds AS MATERIALIZED (
       SELECT DISTINCT relkind FROM pg_catalog.pg_class
       WHERE relnamespace = (SELECT oid FROM schema) AND NOT relispartition)
SELECT name, 'folder' AS kind, 'folder' AS icon, '' AS detail, NULL AS tooltip,
       true AS children, '' AS actions, name AS cursor
FROM (SELECT 1 AS n, 'Tables' AS name WHERE EXISTS (SELECT FROM kinds WHERE relkind IN ('r', 'p'))
      UNION ALL SELECT 2, 'Views' WHERE EXISTS (SELECT FROM kinds WHERE relkind = 'v')
      UNION ALL SELECT 3, 'Materialized views' WHERE EXISTS (SELECT FROM kinds WHERE relkind = 'm')
      UNION ALL SELECT 4, 'Foreign tables' WHERE EXISTS (SELECT FROM kinds WHERE relkind = 'f')
      UNION ALL SELECT 5, 'Functions'
        WHERE EXISTS (SELECT FROM pg_catalog.pg_proc WHERE pronamespace = (SELECT oid FROM schema))
      UNION ALL SELECT 6, 'Sequences' WHERE EXISTS (SELECT FROM kinds WHERE relkind = 'S')
      UNION ALL SELECT 7, 'Types'
        WHERE EXISTS (SELECT FROM kinds WHERE relkind = 'c')
           OR EXISTS (SELECT FROM pg_catalog.pg_type
                      WHERE typnamespace = (SELECT oid FROM schema) AND typtype IN ('e', 'd', 'r'))
     ) folders
ORDER BY n
