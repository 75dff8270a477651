-- format: paste
SELECT c.id, (SELECT MAX(o.total) FROM orders o WHERE o.customer_id = c.id) AS most FROM customers c WHERE c.region_id = 3 ORDER BY most LIMIT 3
