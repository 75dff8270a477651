-- Foreign keys of a table, one row for each key. Source: sqlite.org/pragma.html#pragma_foreign_key_list Values are bound as text, and these columns have no affinity, hence the CAST.
SELECT id, group_concat("from", ', '), "table", group_concat(coalesce("to", ''), ', '), on_delete
FROM pragma_foreign_key_list(?1, ?2) WHERE id > CAST(?3 AS INTEGER) GROUP BY id ORDER BY id LIMIT ?4
