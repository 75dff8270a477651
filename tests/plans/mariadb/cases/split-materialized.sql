SELECT c.name, t.spent FROM customers c JOIN (SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id) t ON t.customer_id = c.id WHERE c.id IN (3, 4, 5)
