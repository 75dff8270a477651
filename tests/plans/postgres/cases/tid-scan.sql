-- versions: 14 18
-- twin: text
select * from orders where ctid in ('(0,1)', '(3,4)');
