-- How many instruments of waits are timed. Source: "The setup_instruments Table", MySQL 9 manual.
SELECT COUNT(*) FROM performance_schema.setup_instruments WHERE NAME LIKE 'wait/%' AND ENABLED = 'YES' AND TIMED = 'YES'
