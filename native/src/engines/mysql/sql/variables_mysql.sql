-- Every variable as this session has it, with its range and where its value comes from (MySQL 8.4 manual, "Performance Schema System Variable Tables", "variables_info", "persisted_variables"): name, value, minimum, maximum, choices, scope, change, source, what it is built with, whether SET PERSIST has another value for the next start, description. What these tables do not tell is NULL.
SELECT s.VARIABLE_NAME,
       s.VARIABLE_VALUE,
       IF(i.MAX_VALUE = '0', NULL, i.MIN_VALUE),
       NULLIF(i.MAX_VALUE, '0'),
       NULL,
       NULL,
       NULL,
       IF(g.VARIABLE_VALUE <> s.VARIABLE_VALUE, 'SESSION', i.VARIABLE_SOURCE),
       IF(i.VARIABLE_SOURCE = 'COMPILED', g.VARIABLE_VALUE, NULL),
       COALESCE(p.VARIABLE_VALUE <> g.VARIABLE_VALUE, 0),
       NULL
FROM performance_schema.session_variables s
LEFT JOIN performance_schema.global_variables g ON g.VARIABLE_NAME = s.VARIABLE_NAME
LEFT JOIN performance_schema.variables_info i ON i.VARIABLE_NAME = s.VARIABLE_NAME
LEFT JOIN performance_schema.persisted_variables p ON p.VARIABLE_NAME = s.VARIABLE_NAME
