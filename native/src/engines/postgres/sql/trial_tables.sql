-- What runs when rows of tables are read or changed: expressions (`text`), code of triggers and rules (`code`), sequences of identity columns (`sequence`), tables elsewhere (`foreign`); with partitions, cascades and what views stand on (manual, "pg_class", "pg_attrdef", "pg_trigger", "pg_rewrite", "pg_policy", "pg_constraint").
-- $1 names as written of tables that are changed, $2 of those that are read, $3 names in code, all as JSON arrays; $4 events as in tgtype (4 INSERT, 8 DELETE, 16 UPDATE, 32 TRUNCATE), $5 columns that are given values, a JSON array.
WITH RECURSIVE reach(oid, use) AS (
  SELECT * FROM (
    SELECT pg_catalog.to_regclass(n)::oid AS oid, 'changed' AS use FROM pg_catalog.jsonb_array_elements_text($1::jsonb) n
    UNION SELECT pg_catalog.to_regclass(n), 'read' FROM pg_catalog.jsonb_array_elements_text($2::jsonb) n
    UNION SELECT c.oid, CASE WHEN $4::int = 0 THEN 'read' ELSE 'changed' END
    FROM pg_catalog.jsonb_array_elements_text($3::jsonb) n JOIN pg_catalog.pg_class c ON c.relname = n
    WHERE c.relnamespace <> 'pg_catalog'::regnamespace) named
  WHERE oid IS NOT NULL
  UNION
  SELECT x.oid, x.use FROM reach r CROSS JOIN LATERAL (
    SELECT i.inhrelid AS oid, r.use FROM pg_catalog.pg_inherits i WHERE i.inhparent = r.oid
    UNION ALL
    SELECT k.conrelid, 'cascade' FROM pg_catalog.pg_constraint k
    WHERE r.use <> 'read' AND k.contype = 'f' AND k.confrelid = r.oid
      AND ($4::int & 32 <> 0
        OR $4::int & 24 <> 0 AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd')))
    UNION ALL
    SELECT d.refobjid, r.use FROM pg_catalog.pg_rewrite w
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
    JOIN pg_catalog.pg_class v ON v.oid = w.ev_class AND v.relkind = 'v'
    WHERE w.ev_class = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> r.oid) x),
hit AS (SELECT r.use, c.* FROM reach r JOIN pg_catalog.pg_class c ON c.oid = r.oid)
SELECT 'sequence' AS kind, h.oid::regclass || '.' || a.attname AS name, NULL AS text
FROM hit h JOIN pg_catalog.pg_attribute a ON a.attrelid = h.oid AND a.attidentity <> '' AND NOT a.attisdropped
WHERE h.use = 'changed' AND $4::int & 4 <> 0 AND a.attname NOT IN (SELECT g FROM pg_catalog.jsonb_array_elements_text($5::jsonb) g)
UNION ALL
SELECT 'text', h.oid::regclass || '.' || a.attname, coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), t.typdefault)
FROM hit h JOIN pg_catalog.pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE (d.oid IS NOT NULL OR t.typdefault IS NOT NULL)
  AND CASE WHEN a.attgenerated <> '' THEN h.use <> 'read'
           ELSE h.use = 'changed' AND $4::int & 4 <> 0
             AND a.attname NOT IN (SELECT g FROM pg_catalog.jsonb_array_elements_text($5::jsonb) g) END
UNION ALL
SELECT 'text', h.oid::regclass || '.' || k.conname, pg_catalog.pg_get_constraintdef(k.oid)
FROM hit h JOIN pg_catalog.pg_constraint k ON k.contype = 'c' AND (k.conrelid = h.oid
  OR k.contypid IN (SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = h.oid AND NOT a.attisdropped AND a.atttypid >= 16384))
WHERE h.use <> 'read'
UNION ALL
SELECT 'text', h.oid::regclass || '.' || p.polname,
       pg_catalog.concat_ws(' AND ', pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
FROM hit h JOIN pg_catalog.pg_policy p ON p.polrelid = h.oid WHERE h.relrowsecurity
UNION ALL
SELECT 'text', h.oid::regclass::text, pg_catalog.pg_get_viewdef(h.oid) FROM hit h WHERE h.relkind = 'v'
UNION ALL
SELECT 'code', w.rulename || ' of ' || h.oid::regclass, pg_catalog.pg_get_ruledef(w.oid)
FROM hit h JOIN pg_catalog.pg_rewrite w ON w.ev_class = h.oid AND w.ev_type <> '1' AND w.ev_enabled <> 'D' WHERE h.use <> 'read'
UNION ALL
SELECT CASE WHEN l.lanname = 'plpgsql' THEN 'code' ELSE 'opaque' END, t.tgname || ' of ' || h.oid::regclass, p.prosrc
FROM hit h JOIN pg_catalog.pg_trigger t ON t.tgrelid = h.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE h.use <> 'read' AND (h.use = 'cascade' OR t.tgtype & $4::int <> 0) AND p.oid >= 16384
UNION ALL
SELECT 'foreign', h.oid::regclass::text, NULL FROM hit h WHERE h.relkind = 'f' AND h.use <> 'read'
