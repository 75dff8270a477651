-- versions: 15 17
-- format: log
-- set: auto_explain.log_min_duration = 0
-- set: auto_explain.log_analyze = on
-- set: auto_explain.log_triggers = on
-- set: auto_explain.log_settings = on
-- set: max_parallel_workers_per_gather = 0
select count(*) -- with a comment
from orders o
  join customers c on c.id = o.customer_id;
update orders set total = 1 where id < 5;
