-- Sets an instrument back. Source: "The setup_instruments Table", MySQL 9 manual.
UPDATE performance_schema.setup_instruments SET ENABLED = ?, TIMED = ? WHERE NAME = ?
