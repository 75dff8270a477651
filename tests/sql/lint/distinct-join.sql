-- bad: all
SELECT DISTINCT c.id, c.name FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.total > 100;
-- good: all
SELECT c.id, c.name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 100);
-- near: all
SELECT DISTINCT c.id, o.status FROM customers c JOIN orders o ON o.customer_id = c.id;
-- near: all
SELECT DISTINCT o.status FROM customers c JOIN orders o ON o.customer_id = c.id;
