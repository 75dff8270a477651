-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_seqscan = off
-- set: enable_indexscan = off
-- set: work_mem = '64kB'
select * from orders where customer_id between 1 and 15000;
