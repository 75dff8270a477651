-- The indexes of a table as an array (manual, "pg_index"). $1 table as written.
SELECT coalesce(pg_catalog.array_agg(i.indexrelid), '{}') FROM pg_catalog.pg_index i WHERE i.indrelid = pg_catalog.to_regclass($1)
