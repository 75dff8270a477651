-- versions: 14 18
-- set: enable_hashjoin = off
-- set: enable_nestloop = off
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select count(*) from orders o left join order_lines l on l.order_id = o.id and l.quantity > 8;
