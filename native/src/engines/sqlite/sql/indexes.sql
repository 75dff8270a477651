-- Indexes of a table with their columns; an expression has no name. Source: sqlite.org/pragma.html#pragma_index_list
SELECT l.name, l."unique", l.origin, l.partial,
       (SELECT group_concat(coalesce(i.name, '(expression)'), ', ') FROM pragma_index_info(l.name, ?2) AS i)
FROM pragma_index_list(?1, ?2) AS l WHERE l.name > ?3 ORDER BY l.name LIMIT ?4
