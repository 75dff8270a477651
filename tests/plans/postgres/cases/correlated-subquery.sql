-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
select c.id, (select max(s.weight) from shipments s where s.order_id = c.id) from customers c where c.id <= 200;
