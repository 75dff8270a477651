-- What a name stands for once its quotes are off and its letters folded (manual, "parse_ident"). $1 name as written.
SELECT (pg_catalog.parse_ident($1))[1] AS name
