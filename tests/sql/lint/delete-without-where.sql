-- bad: all
DELETE FROM orders;
-- good: all
DELETE FROM orders WHERE status = 'cancelled';
-- near: mysql mariadb
DELETE o FROM orders o JOIN cancelled c ON c.order_id = o.id;
-- near: postgres
DELETE FROM orders USING cancelled WHERE cancelled.order_id = orders.id;
