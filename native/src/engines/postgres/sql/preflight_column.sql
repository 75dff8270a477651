-- What ALTER COLUMN must know of a column (manual, "pg_attribute"). $1 table, $2 column as written, $3 new type or empty.
SELECT pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       $3 <> '' AND a.atttypid = pg_catalog.to_regtype($3) AS same_type,
       $3 <> '' AND EXISTS (SELECT FROM pg_catalog.pg_cast c
                            WHERE c.castsource = a.atttypid AND c.casttarget = pg_catalog.to_regtype($3) AND c.castmethod = 'b') AS binary_cast,
       EXISTS (SELECT FROM pg_catalog.pg_constraint k
               WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND k.convalidated
                 AND pg_catalog.pg_get_constraintdef(k.oid) = pg_catalog.format('CHECK ((%I IS NOT NULL))', a.attname)) AS proved_not_null
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attname = (pg_catalog.parse_ident($2))[1] AND NOT a.attisdropped
