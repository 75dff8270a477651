-- versions: 15
-- set: jit = on
-- set: jit_above_cost = 0
-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- options: VERBOSE
select status, sum(total) from orders group by status;
