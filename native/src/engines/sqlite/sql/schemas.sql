-- Schemas of the connection: main, temp (once used) and attached files. Source: sqlite.org/pragma.html#pragma_database_list
SELECT name, coalesce(file, '') FROM pragma_database_list WHERE name > ?1 ORDER BY name LIMIT ?2
