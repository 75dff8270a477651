-- versions: 16 18
-- set: enable_indexscan = off
-- set: max_parallel_workers_per_gather = 0
-- before: drop index orders_placed
-- twin: text
select sum(total) from orders where placed_at between '2025-02-01' and '2025-02-03';
