-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
with recent as materialized (select * from orders where id < 100) select * from recent where id = 5;
