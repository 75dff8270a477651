-- Foreign keys of a table with a row for each of their columns; one that names no column refers to the primary key. ?1 table, ?2 schema. Source: sqlite.org/pragma.html#pragma_foreign_key_list
SELECT f.id, f."table", f."from",
       coalesce(f."to", (SELECT c.name FROM pragma_table_xinfo(f."table", ?2) AS c WHERE c.pk = f.seq + 1), '')
FROM pragma_foreign_key_list(?1, ?2) AS f ORDER BY f.id, f.seq
