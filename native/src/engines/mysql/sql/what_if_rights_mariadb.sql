-- Is there a binary log; may we leave it, and may we create scratch databases? Own grants and those of enabled roles. Source: "Information Schema SCHEMA_PRIVILEGES Table", MariaDB documentation.
WITH account AS (SELECT CURRENT_USER() AS name, SUBSTRING_INDEX(CURRENT_USER(), '@', -1) AS host),
grantees AS (
  SELECT CONCAT('''', LEFT(name, CHAR_LENGTH(name) - CHAR_LENGTH(host) - 1), '''@''', host, '''') AS grantee FROM account
  UNION ALL SELECT CONCAT('''', COALESCE(ROLE_NAME, ''), '''@''''') FROM information_schema.ENABLED_ROLES),
everywhere AS (SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES WHERE GRANTEE IN (SELECT grantee FROM grantees))
SELECT @@log_bin,
  EXISTS (SELECT 1 FROM everywhere WHERE PRIVILEGE_TYPE IN ('SUPER', 'BINLOG ADMIN')),
  EXISTS (SELECT 1 FROM everywhere WHERE PRIVILEGE_TYPE = 'CREATE')
    OR EXISTS (SELECT 1 FROM information_schema.SCHEMA_PRIVILEGES
      WHERE PRIVILEGE_TYPE = 'CREATE' AND 'mydba_whatif_0' LIKE TABLE_SCHEMA AND GRANTEE IN (SELECT grantee FROM grantees)),
  (SELECT grantee FROM grantees LIMIT 1)
