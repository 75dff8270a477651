-- The statement that makes a sequence (manual, "pg_sequence"). $1 schema, $2 sequence.
SELECT pg_catalog.format(E'CREATE SEQUENCE %I.%I AS %s\n    INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s;',
         n.nspname, c.relname, pg_catalog.format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart,
         s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS statement
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1::name AND c.relname = $2::name
