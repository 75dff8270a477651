-- Scratch databases an hour old whose maker is gone: it held a named lock. Source: "Locking Functions", MySQL 9 manual.
SELECT SCHEMA_NAME FROM information_schema.SCHEMATA
WHERE SCHEMA_NAME LIKE 'mydba|_whatif|_________|_________%' ESCAPE '|'
  AND CONV(SUBSTRING(SCHEMA_NAME, 14, 8), 16, 10) < UNIX_TIMESTAMP() - 3600
  AND IS_FREE_LOCK(LEFT(SCHEMA_NAME, 30)) = 1
