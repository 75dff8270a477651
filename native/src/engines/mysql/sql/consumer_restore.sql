-- Sets a consumer back. Source: "Performance Schema setup_consumers Table", MySQL 9 manual.
UPDATE performance_schema.setup_consumers SET ENABLED = ? WHERE NAME = ?
