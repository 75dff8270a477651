-- versions: 14 17
-- set: enable_sort = off
-- twin: text
select * from events order by customer_id limit 30;
