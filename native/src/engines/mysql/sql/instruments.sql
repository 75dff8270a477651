-- Which of the instruments that profiles read are off. Source: "The setup_instruments Table", MySQL 9 manual.
SELECT NAME, ENABLED, TIMED FROM performance_schema.setup_instruments
WHERE (NAME LIKE 'stage/%' OR NAME LIKE 'statement/sql/%' OR NAME LIKE 'statement/com/%' OR NAME LIKE 'statement/abstract/%')
  AND (ENABLED = 'NO' OR TIMED = 'NO')
