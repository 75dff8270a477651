-- Every variable as this session has it (MariaDB manual, "Information Schema SYSTEM_VARIABLES Table"): name, value, minimum, maximum, choices, scope, change, source, what it is built with, whether another value waits for a restart (it never does: there is no SET PERSIST), description. What cannot be written on the command line cannot be chosen at all.
SELECT LOWER(VARIABLE_NAME),
       COALESCE(SESSION_VALUE, GLOBAL_VALUE),
       NUMERIC_MIN_VALUE,
       NUMERIC_MAX_VALUE,
       ENUM_VALUE_LIST,
       IF(VARIABLE_SCOPE = 'GLOBAL', 'server', 'session'),
       CASE WHEN READ_ONLY = 'NO' THEN 'set' WHEN COMMAND_LINE_ARGUMENT IS NULL THEN 'fixed' ELSE 'restart' END,
       IF(SESSION_VALUE <> GLOBAL_VALUE, 'SESSION', GLOBAL_VALUE_ORIGIN),
       DEFAULT_VALUE,
       0,
       VARIABLE_COMMENT
FROM information_schema.SYSTEM_VARIABLES
