-- Where a table lives, the file that an unqualified name leads to first. ?1 name, ?2 schema or nothing. Source: sqlite.org/pragma.html#pragma_table_list, sqlite.org/lang_naming.html
SELECT t.schema, t.name FROM pragma_table_list AS t JOIN pragma_database_list AS d ON d.name = t.schema
WHERE lower(t.name) = lower(?1) AND (?2 = '' OR lower(t.schema) = lower(?2)) AND t.type IN ('table', 'virtual')
ORDER BY t.schema <> 'temp', d.seq LIMIT 1
