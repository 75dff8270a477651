-- Names of a database's stored functions. Source: "The INFORMATION_SCHEMA ROUTINES Table", MySQL 9 manual.
SELECT LOWER(ROUTINE_NAME) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND ROUTINE_TYPE = 'FUNCTION'
