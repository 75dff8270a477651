-- versions: 15 18
-- twin: text
select id, unnest(array[id, -id]) from customers where id < 50;
