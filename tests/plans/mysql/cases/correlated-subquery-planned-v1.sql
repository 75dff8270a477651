-- format: v1
-- analyze: no
SELECT c.id, (SELECT MAX(v.seconds) FROM visits v WHERE v.customer_id = c.id) AS longest FROM customers c WHERE c.id < 600
