-- versions: 14 18
-- twin: text
select * from orders where customer_id = 12 for update skip locked;
