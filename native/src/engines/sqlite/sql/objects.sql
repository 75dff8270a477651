-- One page of a schema's objects of one type, by name; {schema} is replaced by the quoted name, which cannot be bound. Source: sqlite.org/schematab.html
SELECT name, tbl_name, sql LIKE 'CREATE VIRTUAL%' FROM {schema}.sqlite_schema
WHERE type = ?1 AND name > ?2 AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name LIMIT ?3
