-- Columns of tables; of those that a sequence fills, the number given last and the greatest that fits (manual, "pg_attribute", "pg_sequence"). $1 oids of tables, an array.
SELECT n.nspname, c.relname, a.attname,
       a.attname ~ '^[a-z_][a-z0-9_]*$' AND pg_catalog.quote_ident(a.attname) <> a.attname AS reserved, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
       CASE WHEN pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT, USAGE') AND NOT pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_sequence_last_value(s.seqrelid) END AS last,
       least(s.seqmax, CASE a.atttypid WHEN 'pg_catalog.int2'::regtype THEN 32767 WHEN 'pg_catalog.int4'::regtype THEN 2147483647
                       WHEN 'pg_catalog.int8'::regtype THEN 9223372036854775807 END) AS most
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (pg_catalog.pg_depend d JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid)
  ON d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
 AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype IN ('a', 'i') AND NOT s.seqcycle
WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY n.nspname, c.relname, a.attnum
