-- format: v1
-- analyze: no
SELECT c.id, (SELECT SUM(o.total) FROM orders o WHERE o.customer_id = c.id) AS spent FROM customers c WHERE c.id < 600
