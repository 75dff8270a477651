-- Databases that the account sees, its own before the system's. Source: "The INFORMATION_SCHEMA SCHEMATA Table", MySQL 9 manual.
SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME,
  SCHEMA_NAME IN ('information_schema', 'mysql', 'performance_schema', 'sys') AS is_system
FROM information_schema.SCHEMATA ORDER BY is_system, SCHEMA_NAME
