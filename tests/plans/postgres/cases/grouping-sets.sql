-- versions: 15 18
-- twin: text
select country, city, count(*) from customers group by grouping sets ((country), (city), ());
