-- Objects of a schema whose name contains a text without case, those that start with it first; {schema} is replaced by the quoted name. Source: sqlite.org/schematab.html
SELECT type, name, tbl_name FROM {schema}.sqlite_schema
WHERE instr(lower(name), lower(?1)) > 0 AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY instr(lower(name), lower(?1)) <> 1, name LIMIT ?2
