-- Scope and meaning of variables, from MySQL 9.0 on (manual, "The variables_metadata Table").
SELECT VARIABLE_NAME, IF(VARIABLE_SCOPE = 'GLOBAL', 'server', 'session'), DOCUMENTATION
FROM performance_schema.variables_metadata
