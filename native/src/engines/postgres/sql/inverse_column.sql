-- A column as ALTER COLUMN could leave it (manual, "pg_attribute"). $1 table, $2 column, as written.
SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default, a.attnotnull, a.attgenerated <> '' OR a.attidentity <> '' AS computed
FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attname = (pg_catalog.parse_ident($2))[1] AND NOT a.attisdropped
