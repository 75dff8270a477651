-- versions: 14 18
-- set: enable_hashagg = off
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select distinct on (customer_id) customer_id, total from orders where customer_id < 1000 order by customer_id, total desc;
