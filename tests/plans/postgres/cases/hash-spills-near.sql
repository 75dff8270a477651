-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: work_mem = '64MB'
-- set: enable_mergejoin = off
-- set: enable_nestloop = off
select count(*) from order_lines l join orders o on o.id = l.order_id;
