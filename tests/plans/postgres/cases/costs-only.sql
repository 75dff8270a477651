-- versions: 14 15 16 17 18
-- analyze: no
-- twin: text
select c.country, sum(o.total) from customers c join orders o on o.customer_id = c.id group by 1 order by 2 desc;
