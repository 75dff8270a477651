SELECT id FROM orders ORDER BY customer_id, total
