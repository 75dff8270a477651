-- versions: 18
-- twin: text
select count(*) from customers c where exists (select 1 from orders o where o.customer_id = c.id and o.status = 'sent');
