-- Indexes of a whole table, no partial ones, with one row for each of their keys; an expression has no name. ?1 table, ?2 schema. Source: sqlite.org/pragma.html#pragma_index_list
SELECT l.name, l."unique", coalesce(i.name, CASE i.cid WHEN -1 THEN 'rowid' ELSE '(expression)' END)
FROM pragma_index_list(?1, ?2) AS l JOIN pragma_index_xinfo(l.name, ?2) AS i
WHERE i.key AND NOT l.partial ORDER BY l.seq, i.seqno
