-- Switches on what profiles read. Source: "Performance Schema setup_consumers Table", MySQL 9 manual.
UPDATE performance_schema.setup_consumers SET ENABLED = 'YES'
WHERE NAME IN ('events_statements_current', 'events_statements_history', 'events_statements_cpu',
  'events_stages_current', 'events_stages_history_long')
