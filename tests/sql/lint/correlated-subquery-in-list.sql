-- bad: all
SELECT c.name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS n FROM customers c;
-- good: all
SELECT c.name, o.n FROM customers c JOIN (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) o ON o.customer_id = c.id;
-- near: all
SELECT c.name, (SELECT max(total) FROM orders o) AS most FROM customers c;
