-- Indexes of a table with a row for each of their keys; a primary key that has none (the row's number) from the columns. An expression is told by its place in its index. ?1 table, ?2 schema. Source: sqlite.org/pragma.html#pragma_index_xinfo
SELECT 'primary key', 1, 1, 0, c.name, '', c.pk, ''
FROM pragma_table_xinfo(?1, ?2) AS c
WHERE c.pk > 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(?1, ?2) AS p WHERE p.origin = 'pk')
UNION ALL
SELECT l.name, l.origin = 'pk', l."unique", l.origin = 'u', coalesce(k.name, 'expression of ' || l.name || ' ' || k.seqno),
       CASE k."desc" WHEN 1 THEN 'DESC ' ELSE '' END || CASE k.coll WHEN 'BINARY' THEN '' ELSE k.coll END, k.seqno,
       CASE l.partial WHEN 1 THEN 'partial ' || l.name ELSE '' END
FROM pragma_index_list(?1, ?2) AS l JOIN pragma_index_xinfo(l.name, ?2) AS k
WHERE k."key"
ORDER BY 2 DESC, 1, 7
