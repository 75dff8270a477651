-- versions: 14 17 18
-- twin: text
select customer_id from orders where id < 5000 except all select id from customers where id > 300;
