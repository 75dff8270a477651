-- Which kinds of stored programs a database has. Source: "INFORMATION_SCHEMA General Tables", MySQL 9 manual.
SELECT
  EXISTS(SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND ROUTINE_TYPE = 'PROCEDURE'),
  EXISTS(SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND ROUTINE_TYPE = 'FUNCTION'),
  EXISTS(SELECT 1 FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?)
