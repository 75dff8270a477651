SELECT c.id FROM customers c WHERE c.region_id = 2 AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 500)
