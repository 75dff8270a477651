SELECT o.id, (SELECT c.name FROM customers c WHERE c.id = o.customer_id) AS name FROM orders o WHERE o.total < 3
