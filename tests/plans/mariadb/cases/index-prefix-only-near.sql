-- versions: 11.8
SELECT id FROM orders WHERE customer_id = 35 AND status = 'new'
