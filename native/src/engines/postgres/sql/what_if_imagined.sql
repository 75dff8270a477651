-- The hypothetical indexes of this session as an array; {schema} is replaced by the quoted name of HypoPG's schema.
SELECT coalesce(pg_catalog.array_agg(i.indexrelid), '{}') FROM {schema}.hypopg() i
