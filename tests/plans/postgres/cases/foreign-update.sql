-- versions: 14 16
-- twin: text
update remote_products set price = price + 1 where id < 10;
