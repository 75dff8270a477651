-- What a relation has besides columns (manual, "pg_index", "pg_constraint", "pg_trigger", "pg_inherits"). $1 schema, $2 relation.
WITH relation AS MATERIALIZED (
  SELECT c.oid FROM pg_catalog.pg_class c
  WHERE c.relname = $2::name
    AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name))
SELECT name, 'folder' AS kind, 'folder' AS icon, '' AS detail, NULL AS tooltip,
       true AS children, '' AS actions, name AS cursor
FROM (SELECT 1 AS n, 'Indexes' AS name FROM relation
        WHERE EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = relation.oid)
      UNION ALL SELECT 2, 'Keys' FROM relation
        WHERE EXISTS (SELECT FROM pg_catalog.pg_constraint k
                      WHERE k.conrelid = relation.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x'))
      UNION ALL SELECT 3, 'Triggers' FROM relation
        WHERE EXISTS (SELECT FROM pg_catalog.pg_trigger t
                      WHERE t.tgrelid = relation.oid AND NOT t.tgisinternal)
      UNION ALL SELECT 4, 'Partitions' FROM relation
        WHERE EXISTS (SELECT FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
                      WHERE h.inhparent = relation.oid AND c.relispartition)
     ) folders
ORDER BY n
