-- format: v1
-- analyze: no
SELECT c.id FROM customers c WHERE c.id IN (SELECT v.customer_id FROM visits v WHERE v.seconds < 30)
