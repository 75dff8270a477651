-- set: max_parallel_workers_per_gather = 0
-- twin: text
select c.country, count(*) from customers c join orders o on o.customer_id = c.id
where o.status = 'sent' group by c.country;
