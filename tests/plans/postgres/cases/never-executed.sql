-- versions: 14 17 18
-- twin: text
select * from customers c join orders o on o.customer_id = c.id where c.email = 'nobody@example.com';
