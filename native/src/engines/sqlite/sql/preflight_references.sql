-- Foreign keys that refer to a table, where they are enforced. ?1 schema, ?2 table. Source: sqlite.org/pragma.html#pragma_foreign_key_list
SELECT m.name, group_concat(f."from", ', '), f.on_delete, f.on_update
FROM {schema}.sqlite_schema m JOIN pragma_foreign_key_list(m.name, ?1) f
WHERE m.type = 'table' AND lower(f."table") = lower(?2) AND (SELECT foreign_keys FROM pragma_foreign_keys) = 1
GROUP BY m.name, f.id ORDER BY m.name
