-- A relation that a statement names: what it is and how large (manual, "pg_class", "Database Object Size Functions"). $1 name as written.
SELECT c.oid, c.relkind,
       CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
       CASE WHEN c.relkind = 'p' THEN (SELECT sum(greatest(p.reltuples, 0)) FROM pg_catalog.pg_partition_tree(c.oid) t
                                       JOIN pg_catalog.pg_class p ON p.oid = t.relid WHERE t.isleaf)::bigint
            WHEN c.reltuples >= 0 AND c.relkind IN ('r', 'm') THEN c.reltuples::bigint END AS rows,
       CASE WHEN c.relkind = 'p' THEN (SELECT sum(pg_catalog.pg_total_relation_size(t.relid)) FROM pg_catalog.pg_partition_tree(c.oid) t)::bigint
            WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_total_relation_size(c.oid) END AS bytes,
       (SELECT i.indrelid::regclass::text FROM pg_catalog.pg_index i WHERE i.indexrelid = c.oid) AS indexed
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid = pg_catalog.to_regclass($1)
