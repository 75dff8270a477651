-- The statement that makes an enum, domain, range or composite type (manual, "pg_type"). $1 schema, $2 type.
SELECT CASE t.typtype
  WHEN 'e' THEN pg_catalog.format(E'CREATE TYPE %I.%I AS ENUM (\n    %s\n);', n.nspname, t.typname,
    (SELECT string_agg(quote_literal(e.enumlabel), E',\n    ' ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
  WHEN 'd' THEN concat_ws(' ', pg_catalog.format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod)),
    'DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN 'NOT NULL' END,
    (SELECT string_agg(pg_catalog.format('CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid)), ' ' ORDER BY k.conname)
     FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')) || ';'
  WHEN 'r' THEN pg_catalog.format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s);', n.nspname, t.typname,
    (SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid))
  WHEN 'c' THEN pg_catalog.format(E'CREATE TYPE %I.%I AS (\n    %s\n);', n.nspname, t.typname,
    (SELECT string_agg(pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), E',\n    ' ORDER BY a.attnum)
     FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
  END AS statement
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = $1::name AND t.typname = $2::name
