-- Tables of a schema without virtual ones, their shadows and SQLite's own. ?1 schema. Source: sqlite.org/pragma.html#pragma_table_list
SELECT name FROM pragma_table_list WHERE schema = ?1 AND type = 'table' AND name NOT LIKE 'sqlite|_%' ESCAPE '|'
ORDER BY name
