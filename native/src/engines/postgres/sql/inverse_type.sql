-- A type by its text; NULL when there is none (manual, "to_regtype"). $1 text.
SELECT pg_catalog.format_type(pg_catalog.to_regtype($1), NULL) AS type
