-- An index of a schema by its name. ?1 name; {schema} is replaced by the quoted name. Source: sqlite.org/schematab.html
SELECT name, tbl_name FROM {schema}.sqlite_master WHERE type = 'index' AND lower(name) = lower(?1)
