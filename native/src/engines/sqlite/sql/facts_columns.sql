-- Columns of a table. ?1 table, ?2 schema. Source: sqlite.org/pragma.html#pragma_table_xinfo
SELECT name, type, "notnull" FROM pragma_table_xinfo(?1, ?2) ORDER BY cid
