-- versions: 15 18
-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- set: min_parallel_table_scan_size = '64kB'
select sum(total) from orders;
