-- What made the objects of a schema, virtual tables first: they make their own shadow tables. Objects of the library's own have no statement or a reserved name. {schema} is replaced by the quoted name. Source: sqlite.org/schematab.html
SELECT type, name, sql FROM {schema}.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY type <> 'table', NOT (type = 'table' AND rootpage IN (0, -1)), type = 'trigger', rowid
