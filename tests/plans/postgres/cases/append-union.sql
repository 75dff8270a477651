-- versions: 14 18
-- twin: text
select id, 'order' from orders where id < 10 union all select id, 'customer' from customers where id < 10 union select id, name from products where id < 5;
