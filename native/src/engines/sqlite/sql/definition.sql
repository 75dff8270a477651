-- The statement that created an object; {schema} is replaced by the quoted name. Source: sqlite.org/schematab.html
SELECT sql FROM {schema}.sqlite_schema WHERE type = ?1 AND name = ?2
