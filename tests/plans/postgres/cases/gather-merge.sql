-- versions: 14 16 18
-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- set: min_parallel_table_scan_size = 0
-- twin: text
select id, code from orders where total > 100 order by code desc limit 5000;
