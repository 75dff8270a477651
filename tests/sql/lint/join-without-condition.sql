-- bad: all
SELECT c.name, o.total FROM customers c, orders o;
-- bad: mysql mariadb sqlite
SELECT c.name, o.total FROM customers c JOIN orders o WHERE c.id = 5;
-- bad: mysql mariadb sqlite
SELECT c.name, o.total FROM customers c JOIN orders o ON 1 = 1;
-- good: all
SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id;
-- near: all
SELECT c.name, o.total FROM customers c, orders o WHERE o.customer_id = c.id;
-- near: all
SELECT c.name, s.day FROM customers c CROSS JOIN days s;
-- near: all
SELECT c.name, t.n FROM customers c, (SELECT count(*) AS n FROM orders) t;
-- near: mysql
ANALYZE TABLE orders UPDATE HISTOGRAM ON status, country_code WITH 32 BUCKETS;
