-- Forgets the hypothetical indexes but those of the user's own; {schema} is replaced by the quoted name of HypoPG's schema. $1 array of those.
SELECT {schema}.hypopg_drop_index(i.indexrelid) FROM {schema}.hypopg() i WHERE i.indexrelid <> ALL ($1::oid[])
