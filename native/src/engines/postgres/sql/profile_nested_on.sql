-- Until the transaction ends: the plan of each statement that a function runs comes to this client as a notice (manual, "auto_explain").
SELECT pg_catalog.set_config(name, value, true)
FROM (VALUES ('auto_explain.log_analyze', 'on'), ('auto_explain.log_buffers', 'on'), ('auto_explain.log_timing', 'on'),
             ('auto_explain.log_verbose', 'off'), ('auto_explain.log_triggers', 'off'), ('auto_explain.log_format', 'json'),
             ('auto_explain.log_level', 'notice'), ('auto_explain.log_nested_statements', 'on'), ('auto_explain.sample_rate', '1'),
             ('client_min_messages', 'notice'), ('auto_explain.log_min_duration', '0')) settings(name, value)
