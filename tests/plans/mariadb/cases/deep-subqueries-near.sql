-- versions: 11.8
-- analyze: no
SELECT r.id, (SELECT COUNT(*) FROM customers c WHERE c.region_id = r.id AND c.id > (SELECT MIN(o.id) FROM orders o WHERE o.customer_id = c.id)) AS n FROM regions r
