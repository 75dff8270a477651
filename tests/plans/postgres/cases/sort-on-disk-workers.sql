-- versions: 14 17 18
-- set: work_mem = '256kB'
-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- options: BUFFERS, VERBOSE
-- twin: text
select id, code, total from orders order by total, code;
