-- versions: 14 16 17 18
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select id from orders where total > (select avg(total) from order_lines l join products p on p.id = l.product_id, lateral (select p.price as total) t)
order by id limit 10;
