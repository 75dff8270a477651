-- Indexes of tables, one row for each of their columns; one that is being built counts as valid (manual, "pg_index", "Functions: pg_get_indexdef", "pg_stat_progress_create_index"). $1 oids of tables, an array.
SELECT n.nspname, c.relname, ic.relname AS name, am.amname, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
       i.indisprimary, i.indisunique,
       EXISTS (SELECT FROM pg_catalog.pg_constraint o WHERE o.conindid = i.indexrelid) AS backs_constraint,
       i.indisvalid OR EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) AS valid,
       u.idx_scan, pg_catalog.pg_relation_size(i.indexrelid) AS bytes,
       coalesce(a.attname::text, pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true)) AS column,
       k.place > i.indnkeyatts AS included,
       CASE WHEN k.place <= i.indnkeyatts THEN concat_ws(' ',
         CASE i.indoption[k.place - 1] WHEN 1 THEN 'DESC NULLS LAST' WHEN 2 THEN 'NULLS FIRST' WHEN 3 THEN 'DESC' END,
         CASE WHEN NOT oc.opcdefault THEN oc.opcname END,
         CASE WHEN i.indcollation[k.place - 1] <> a.attcollation THEN 'collation ' || i.indcollation[k.place - 1] END) END AS how
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
LEFT JOIN pg_catalog.pg_stat_all_indexes u ON u.indexrelid = i.indexrelid
CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnatts::int) k(place)
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1] AND a.attnum > 0
LEFT JOIN pg_catalog.pg_opclass oc ON k.place <= i.indnkeyatts AND oc.oid = i.indclass[k.place - 1]
WHERE i.indrelid = ANY ($1::oid[])
ORDER BY n.nspname, c.relname, i.indisprimary DESC, ic.relname, k.place
