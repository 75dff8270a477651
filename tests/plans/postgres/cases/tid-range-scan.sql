-- versions: 14 18
-- twin: text
select count(*) from orders where ctid >= '(10,1)' and ctid < '(40,1)';
