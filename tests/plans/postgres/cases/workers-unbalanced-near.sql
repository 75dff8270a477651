-- versions: 15 18
-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- set: min_parallel_table_scan_size = '64kB'
-- set: max_parallel_workers_per_gather = 3
-- set: parallel_leader_participation = off
-- options: VERBOSE
select count(*) from orders where total >= 0;
