-- A hypothetical index of this session and its expected size; {schema} is replaced by the quoted name of HypoPG's schema (hypopg.readthedocs.io). $1 CREATE INDEX.
SELECT i.indexrelid, i.indexname, {schema}.hypopg_relation_size(i.indexrelid) AS bytes
FROM {schema}.hypopg_create_index($1) i
