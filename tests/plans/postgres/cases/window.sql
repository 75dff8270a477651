-- versions: 14 17 18
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select * from (select id, customer_id, row_number() over (partition by customer_id order by id) n from orders where customer_id < 500) o where n < 3;
