-- versions: 16
-- set: debug_parallel_query = on
-- twin: text
select count(*) from categories;
