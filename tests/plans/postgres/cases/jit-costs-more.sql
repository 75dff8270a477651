-- versions: 15
-- set: max_parallel_workers_per_gather = 0
-- set: jit = on
-- set: jit_above_cost = 0
-- set: jit_inline_above_cost = 0
-- set: jit_optimize_above_cost = 0
select sum(total * 2 + 1) from orders where total > 3;
