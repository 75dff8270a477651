-- versions: 15 18
select * from orders_of(77);
