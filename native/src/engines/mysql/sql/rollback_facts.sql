-- Storage engine of a table and its number of triggers. Source: "The INFORMATION_SCHEMA TABLES Table" and "TRIGGERS Table", MySQL 9 manual.
SELECT ENGINE, (SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ?)
FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
