-- Sessions with what their clients call themselves. Source: "The processlist Table" and "The session_connect_attrs Table", Performance Schema, MySQL 9 manual.
SELECT p.ID, p.USER, p.HOST, p.DB, p.COMMAND, p.TIME, p.STATE, LEFT(p.INFO, 10000),
  app.ATTR_VALUE, pid.ATTR_VALUE
FROM performance_schema.processlist p
LEFT JOIN performance_schema.session_connect_attrs app
  ON app.PROCESSLIST_ID = p.ID AND app.ATTR_NAME = 'program_name'
LEFT JOIN performance_schema.session_connect_attrs pid
  ON pid.PROCESSLIST_ID = p.ID AND pid.ATTR_NAME = '_pid'
