-- Schemas in which a table named without one is looked for (manual, "System Information Functions", current_schemas).
SELECT schema FROM unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY p(schema, place) ORDER BY place
