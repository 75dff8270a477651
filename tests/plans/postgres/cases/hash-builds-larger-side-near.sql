-- versions: 15 18
-- set: enable_nestloop = off
-- set: enable_mergejoin = off
-- set: max_parallel_workers_per_gather = 0
select count(*) from customers c join orders o on o.customer_id = c.id where c.id * 1 = c.id and o.placed_at < '2025-03-01';
