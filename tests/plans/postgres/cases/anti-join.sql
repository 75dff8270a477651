-- versions: 14 16 18
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select count(*) from orders o where not exists (select 1 from shipments s where s.order_id = o.id);
