-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: work_mem = '64kB'
-- set: enable_sort = off
-- set: enable_indexscan = off
-- set: enable_indexonlyscan = off
select customer_id, count(*) from orders group by customer_id;
