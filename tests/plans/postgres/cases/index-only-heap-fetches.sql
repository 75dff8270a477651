-- versions: 14 18
-- set: enable_bitmapscan = off
-- twin: text
select count(*) from carts where customer_id between 1 and 5000;
