-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_sort = off
-- set: enable_seqscan = off
-- set: work_mem = '64MB'
select * from customers order by country, email;
