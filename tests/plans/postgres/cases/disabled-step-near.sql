-- versions: 18
-- set: max_parallel_workers_per_gather = 0
select count(*) from imports;
