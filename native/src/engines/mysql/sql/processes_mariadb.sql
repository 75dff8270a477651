-- Sessions; the client's name only when the performance schema is on. Source: "Information Schema PROCESSLIST Table", MariaDB documentation.
SELECT p.ID, p.USER, p.HOST, p.DB, p.COMMAND, p.TIME_MS / 1000, p.STATE, LEFT(p.INFO, 10000),
  app.ATTR_VALUE, pid.ATTR_VALUE
FROM information_schema.PROCESSLIST p
LEFT JOIN performance_schema.session_connect_attrs app
  ON app.PROCESSLIST_ID = p.ID AND app.ATTR_NAME = 'program_name'
LEFT JOIN performance_schema.session_connect_attrs pid
  ON pid.PROCESSLIST_ID = p.ID AND pid.ATTR_NAME = '_pid'
