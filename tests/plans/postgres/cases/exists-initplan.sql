-- versions: 15 18
-- twin: text
select count(*) from products where exists (select 1 from orders where status = 'open');
