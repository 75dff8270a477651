-- versions: 14 18
-- twin: text
delete from orders where id between 100 and 103;
