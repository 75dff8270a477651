-- versions: 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_hashjoin = off
-- set: enable_mergejoin = off
-- set: enable_memoize = off
select sum(l.quantity) from orders o join order_lines l on l.order_id = o.id where o.id < 50;
