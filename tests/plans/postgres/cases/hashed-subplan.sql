-- versions: 14 16 18
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select count(*) from customers where id not in (select customer_id from orders where status = 'open');
