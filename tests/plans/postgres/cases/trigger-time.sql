-- versions: 15 18
delete from orders where id between 1 and 50;
