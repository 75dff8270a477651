-- versions: 14 17 18
-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- twin: text
select count(*) from orders where customer_id = (select max(id) from customers where country = 'FR');
