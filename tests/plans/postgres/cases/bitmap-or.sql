-- versions: 15 18
-- twin: text
select id from orders where customer_id = 5 or code = '100100' or id = 9;
