-- What ALTER SYSTEM has stored for a setting (manual, "pg_file_settings"). $1 setting.
SELECT f.setting
FROM pg_catalog.pg_file_settings f
WHERE f.name = $1 AND f.sourcefile LIKE '%postgresql.auto.conf'
ORDER BY f.seqno DESC LIMIT 1
