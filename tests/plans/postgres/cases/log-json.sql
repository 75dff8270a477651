-- versions: 14 16 18
-- format: log
-- set: auto_explain.log_min_duration = 0
-- set: auto_explain.log_analyze = on
-- set: auto_explain.log_buffers = on
-- set: auto_explain.log_format = 'json'
select o.id,
  o.total from orders o where o.customer_id = 42;
