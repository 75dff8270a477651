-- Foreign keys of tables, one row for each pair of columns (manual, "pg_constraint"); one that PostgreSQL 18 does not enforce needs no validation. $1 oids of tables, an array.
SELECT n.nspname, c.relname, o.conname,
       o.convalidated OR pg_catalog.to_jsonb(o) ->> 'conenforced' IS NOT DISTINCT FROM 'false' AS validated, pn.nspname AS parent_schema, p.relname AS parent,
       a.attname AS column, pa.attname AS parent_column
FROM pg_catalog.pg_constraint o
JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class p ON p.oid = o.confrelid
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
CROSS JOIN LATERAL unnest(o.conkey, o.confkey) WITH ORDINALITY k(attribute, parent_attribute, place)
JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.attribute
JOIN pg_catalog.pg_attribute pa ON pa.attrelid = o.confrelid AND pa.attnum = k.parent_attribute
WHERE o.contype = 'f' AND o.conparentid = 0 AND o.conrelid = ANY ($1::oid[])
ORDER BY n.nspname, c.relname, o.conname, k.place
