-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: work_mem = '64kB'
select * from orders order by total, code;
