SELECT o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.name LIKE '%99' AND o.total < 5
