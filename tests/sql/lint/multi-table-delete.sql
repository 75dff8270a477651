-- bad: mysql mariadb
DELETE o, i FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id = 7;
-- good: mysql mariadb
DELETE FROM items WHERE order_id = 7;
-- near: mysql mariadb
DELETE o FROM orders o JOIN items i ON i.order_id = o.id WHERE i.broken = 1;
