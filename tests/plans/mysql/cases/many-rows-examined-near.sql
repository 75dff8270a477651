SELECT o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 35
