-- Switches on what profiles read. Source: "The setup_instruments Table", MySQL 9 manual.
UPDATE performance_schema.setup_instruments SET ENABLED = 'YES', TIMED = 'YES'
WHERE (NAME LIKE 'stage/%' OR NAME LIKE 'statement/sql/%' OR NAME LIKE 'statement/com/%' OR NAME LIKE 'statement/abstract/%')
  AND (ENABLED = 'NO' OR TIMED = 'NO')
