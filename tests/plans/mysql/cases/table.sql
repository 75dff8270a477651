-- format: table
SELECT c.name, (SELECT MAX(v.id) FROM visits v WHERE v.customer_id = c.id) AS last FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.region_id = 3 ORDER BY o.total
