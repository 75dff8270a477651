-- The texts of prepared statements of this session (manual, "pg_prepared_statements"). $1 names as a JSON array.
SELECT statement FROM pg_catalog.pg_prepared_statements WHERE name IN (SELECT n FROM pg_catalog.jsonb_array_elements_text($1::jsonb) n)
