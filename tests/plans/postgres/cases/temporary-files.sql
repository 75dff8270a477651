-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: work_mem = '64kB'
-- options: BUFFERS
with kept as materialized (select * from orders) select count(*) from kept;
