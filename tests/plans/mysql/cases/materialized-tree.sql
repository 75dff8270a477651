-- format: tree
SELECT d.spent, c.name FROM (SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id) d JOIN customers c ON c.id = d.customer_id WHERE d.spent > 5000
