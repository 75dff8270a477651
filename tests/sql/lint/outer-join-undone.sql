-- bad: all
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.status = 'open';
-- fixed
SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.status = 'open';
-- bad: all
SELECT c.id FROM customers c LEFT OUTER JOIN orders o ON o.customer_id = c.id WHERE c.id > 1 AND o.total IN (1, 2);
-- fixed
SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id > 1 AND o.total IN (1, 2);
-- good: all
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'open';
-- near: all
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;
-- near: all
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL OR o.status = 'open';
