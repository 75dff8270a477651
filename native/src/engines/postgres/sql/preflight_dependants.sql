-- What a DROP without CASCADE refuses for, and one with CASCADE drops too (manual, "pg_depend"): everything that hangs by a normal dependency on the object or on what goes with it. $1 class, $2 oid, $3 column number or 0.
WITH RECURSIVE hit(classid, objid, objsubid, counts) AS (
  SELECT $1::oid, $2::oid, $3::int, false
  UNION
  SELECT x.classid, x.objid, x.objsubid, x.counts
  FROM hit h CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.objsubid, d.deptype = 'n' AS counts
    FROM pg_catalog.pg_depend d
    WHERE d.refclassid = h.classid AND d.refobjid = h.objid AND (h.objsubid = 0 OR d.refobjsubid = h.objsubid)
      AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
    UNION ALL
    -- The rule of a view is internal to it: dropping the one drops the other.
    SELECT 'pg_catalog.pg_class'::regclass::oid, r.ev_class, 0, h.counts
    FROM pg_catalog.pg_rewrite r
    WHERE h.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = h.objid AND h.counts
  ) x)
SELECT CASE WHEN k.contype = 'f' THEN 'foreign key' WHEN i.type = 'table constraint' THEN 'constraint'
            WHEN i.type = 'default value' THEN 'default' WHEN i.type = 'table column' THEN 'column' ELSE i.type END AS what,
       CASE WHEN k.contype = 'f' THEN k.conname || ' of ' || k.conrelid::regclass::text
            WHEN i.type IN ('view', 'materialized view', 'table', 'index', 'sequence') THEN h.objid::regclass::text
            ELSE i.identity END AS name
FROM (SELECT DISTINCT classid, objid, objsubid FROM hit WHERE counts LIMIT 1000) h
CROSS JOIN LATERAL pg_catalog.pg_identify_object(h.classid, h.objid, h.objsubid) i
LEFT JOIN pg_catalog.pg_constraint k ON h.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = h.objid
WHERE h.classid <> 'pg_catalog.pg_rewrite'::regclass
  AND NOT (h.classid = $1::oid AND h.objid = $2::oid)
ORDER BY 1, 2
