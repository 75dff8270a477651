-- format: v1
-- analyze: no
SELECT id FROM orders WHERE customer_id = 35 AND total = 5
