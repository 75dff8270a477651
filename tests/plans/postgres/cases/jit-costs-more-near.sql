-- versions: 15
-- set: max_parallel_workers_per_gather = 0
-- set: jit = off
select sum(total * 2 + 1) from orders where total > 3;
