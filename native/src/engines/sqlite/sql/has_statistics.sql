-- Whether ANALYZE ever ran in a file; {schema} is replaced by the quoted name. Source: sqlite.org/fileformat2.html#stat1tab
SELECT name FROM {schema}.sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4') ORDER BY name
