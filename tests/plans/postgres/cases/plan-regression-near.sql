-- versions: 15 18
-- facts: yes
-- set: max_parallel_workers_per_gather = 0
-- earlier: drop index orders_customer
-- after: create index orders_customer on orders (customer_id)
select * from orders where customer_id = 77 limit 1;
