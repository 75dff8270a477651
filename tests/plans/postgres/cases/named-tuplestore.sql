-- format: log
-- set: auto_explain.log_min_duration = 0
-- set: auto_explain.log_analyze = on
-- set: auto_explain.log_nested_statements = on
insert into shipments select i, i, 'carrier 1', 5 from generate_series(70001, 70003) i;
