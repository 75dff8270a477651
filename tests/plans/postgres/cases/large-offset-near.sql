-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
select id from orders order by id limit 10 offset 100;
