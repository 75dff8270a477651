-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
select * from orders where id = 5.0;
