-- What else happens when rows of a table go or change: foreign keys that reach on, triggers that fire (manual, "pg_constraint", "pg_trigger"). $1 oid; $2 bit of tgtype: 4 INSERT, 8 DELETE, 16 UPDATE, 32 TRUNCATE.
SELECT 'foreign key' AS what, CASE $2 WHEN '16' THEN k.confupdtype ELSE k.confdeltype END AS action,
       k.conname || ' of ' || k.conrelid::regclass::text AS name
FROM pg_catalog.pg_constraint k
WHERE k.contype = 'f' AND k.confrelid = $1::oid AND k.conparentid = 0
  AND ($2 <> '32' OR k.conrelid <> k.confrelid) AND $2 <> '4'
UNION ALL
SELECT 'trigger', ' ', t.tgname
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = $1::oid AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND (t.tgtype & $2::int) <> 0
UNION ALL
SELECT 'partition', ' ', p.relid::regclass::text
FROM pg_catalog.pg_partition_tree($1::oid) p WHERE p.level > 0 AND $2 = '32'
ORDER BY 1, 3
