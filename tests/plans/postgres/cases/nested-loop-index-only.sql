-- versions: 14 18
-- set: enable_hashjoin = off
-- set: enable_mergejoin = off
-- set: enable_memoize = off
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select count(*) from products p join order_lines l on l.order_id = p.id;
