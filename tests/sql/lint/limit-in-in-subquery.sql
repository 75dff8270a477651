-- bad: mysql mariadb
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY id LIMIT 10);
-- good: mysql mariadb
SELECT o.id FROM orders o JOIN (SELECT id FROM customers ORDER BY id LIMIT 10) c ON c.id = o.customer_id;
-- near: mysql mariadb
SELECT id FROM orders WHERE customer_id = (SELECT id FROM customers ORDER BY id LIMIT 1);
