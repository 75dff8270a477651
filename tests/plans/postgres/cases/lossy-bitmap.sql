-- versions: 14 18
-- set: work_mem = '64kB'
-- set: enable_seqscan = off
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select count(*) from orders where customer_id between 100 and 9000;
