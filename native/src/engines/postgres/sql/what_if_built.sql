-- An index that was just built: its name, its size with its parts, and their names as JSON (manual, "pg_index", "pg_partition_tree"). $1 table as written, $2 array of the indexes that it had.
SELECT c.relname, parts.bytes, parts.names
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
CROSS JOIN LATERAL (
  SELECT pg_catalog.sum(pg_catalog.pg_relation_size(p.oid)) AS bytes, pg_catalog.json_agg(p.relname) AS names
  FROM pg_catalog.pg_class p
  WHERE p.oid = c.oid OR p.oid IN (SELECT t.relid FROM pg_catalog.pg_partition_tree(c.oid) t)) parts
WHERE i.indrelid = pg_catalog.to_regclass($1) AND i.indexrelid <> ALL ($2::oid[])
