-- versions: 15
-- set: jit = on
-- set: jit_above_cost = 0
-- set: jit_inline_above_cost = 0
-- set: jit_optimize_above_cost = 0
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select country, count(*), avg(length(email)) from customers where id > 10 group by country;
