-- What the catalogue says of the tables in a plan, a JSON object each (manual, "pg_class", "pg_stat_all_tables", "pg_partitioned_table", "pg_index"). $1 names as a statement writes them, a JSON array; a plan names partitions, and never the table that they are of.
SELECT pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
  'name', c.relname,
  'schema', n.nspname,
  'rows', CASE WHEN c.relkind = 'p' THEN parts.rows WHEN c.reltuples >= 0 THEN c.reltuples END,
  'bytes', CASE WHEN c.relkind = 'p' THEN parts.bytes WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_total_relation_size(c.oid) END,
  'modifications', s.n_mod_since_analyze,
  'analyzedAt', pg_catalog.to_char(greatest(s.last_analyze, s.last_autoanalyze) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  'neverAnalyzed', s.last_analyze IS NULL AND s.last_autoanalyze IS NULL
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_stats t WHERE t.schemaname = n.nspname AND t.tablename = c.relname),
  'partitions', parts.leaves,
  'partitionKey', (SELECT pg_catalog.json_agg(coalesce(a.attname::text, pg_catalog.pg_get_expr(p.partexprs, p.partrelid)) ORDER BY k.place)
                   FROM pg_catalog.pg_partitioned_table p, unnest(p.partattrs::int2[]) WITH ORDINALITY k(attribute, place)
                   LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attribute AND k.attribute > 0
                   WHERE p.partrelid = c.oid),
  'indexes', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                'name', ic.relname, 'unique', i.indisunique,
                'columns', (SELECT pg_catalog.json_agg(pg_catalog.pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
                            FROM pg_catalog.generate_series(1, i.indnkeyatts::int) k)) ORDER BY ic.relname)
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
              WHERE i.indrelid = c.oid AND i.indisvalid)))
FROM (
  SELECT DISTINCT unnest(ARRAY[named.relation, pg_catalog.pg_partition_root(named.relation)]) AS oid
  FROM pg_catalog.jsonb_array_elements_text($1::jsonb) names(name), pg_catalog.to_regclass(names.name) named(relation)
) found
JOIN pg_catalog.pg_class c ON c.oid = found.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
LEFT JOIN LATERAL (
  SELECT pg_catalog.count(*) AS leaves, pg_catalog.sum(greatest(l.reltuples, 0)) AS rows, pg_catalog.sum(pg_catalog.pg_total_relation_size(l.oid)) AS bytes
  FROM pg_catalog.pg_partition_tree(c.oid) t JOIN pg_catalog.pg_class l ON l.oid = t.relid WHERE t.isleaf
) parts ON c.relkind = 'p'
WHERE c.relkind IN ('r', 'm', 'p', 'f')
ORDER BY c.relname
