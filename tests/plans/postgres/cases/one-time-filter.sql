-- versions: 14 18
-- twin: text
select * from orders where current_date < date '2000-01-01' and id = 5;
