-- Whether a trigger fires now (manual, "pg_trigger"). $1 table, $2 trigger, as written.
SELECT CASE t.tgenabled WHEN 'O' THEN 'ENABLE TRIGGER' WHEN 'D' THEN 'DISABLE TRIGGER' WHEN 'R' THEN 'ENABLE REPLICA TRIGGER'
                        ELSE 'ENABLE ALWAYS TRIGGER' END AS state
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = pg_catalog.to_regclass($1) AND t.tgname = (pg_catalog.parse_ident($2))[1] AND NOT t.tgisinternal
