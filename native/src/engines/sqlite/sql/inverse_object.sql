-- The statement that made an object, and for a view those of its triggers. ?1 type, ?2 name. Source: sqlite.org/schematab.html
SELECT sql FROM {schema}.sqlite_schema
WHERE (type = ?1 AND lower(name) = lower(?2)) OR (?1 = 'view' AND type = 'trigger' AND lower(tbl_name) = lower(?2)) ORDER BY type = 'trigger', name
