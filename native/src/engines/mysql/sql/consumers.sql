-- Which of the consumers that profiles read are off. Source: "Performance Schema setup_consumers Table", MySQL 9 manual.
SELECT NAME, ENABLED, NULL FROM performance_schema.setup_consumers
WHERE ENABLED = 'NO' AND NAME IN ('events_statements_current', 'events_statements_history', 'events_statements_cpu',
  'events_stages_current', 'events_stages_history_long', 'thread_instrumentation', 'global_instrumentation')
