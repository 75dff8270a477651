-- A value of each column that a placeholder is compared with, as a literal: from the middle of its histogram, else the rarest of its common ones (manual, "pg_stats"). $1 is a JSON array of {number, column, place: 0 to 1 in the histogram}, $2 one of the tables, found as a statement finds them.
SELECT DISTINCT ON (asked.number) asked.number, pg_catalog.quote_literal(coalesce(
  found.bounds[greatest(1, ceil(asked.place * pg_catalog.array_length(found.bounds, 1))::int)],
  found.common[pg_catalog.array_length(found.common, 1)]))
FROM pg_catalog.jsonb_to_recordset($1::jsonb) asked(number int, "column" text, place float8)
CROSS JOIN pg_catalog.jsonb_array_elements_text($2::jsonb) WITH ORDINALITY names(name, rank)
JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident(names.name))
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN LATERAL (
  SELECT s.histogram_bounds::text::text[] AS bounds, s.most_common_vals::text::text[] AS common
  FROM pg_catalog.pg_stats s
  WHERE s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = asked."column"
) found ON coalesce(found.bounds, found.common) IS NOT NULL
ORDER BY asked.number, names.rank
