-- versions: 15 18
-- set: enable_hashjoin = off
-- set: enable_mergejoin = off
-- set: max_parallel_workers_per_gather = 0
-- set: work_mem = '64kB'
select count(*) from order_lines l join products p on p.id = l.product_id where l.order_id < 20000;
