-- versions: 14 18
-- set: work_mem = '256kB'
-- set: hash_mem_multiplier = 1
-- set: max_parallel_workers_per_gather = 0
-- set: enable_sort = off
-- twin: text
select customer_id, count(*) from orders group by customer_id;
