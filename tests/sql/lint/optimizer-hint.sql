-- bad: mysql mariadb
SELECT id FROM orders FORCE INDEX (by_status) WHERE status = 'open';
-- bad: mysql mariadb
SELECT o.id FROM customers c STRAIGHT_JOIN orders o ON o.customer_id = c.id;
-- bad: sqlite
SELECT id FROM orders INDEXED BY by_status WHERE status = 'open';
-- good: all
SELECT id FROM orders WHERE status = 'open';
-- near: mysql mariadb
SELECT id, `force`, `index` FROM orders WHERE status = 'FORCE INDEX (a)';
