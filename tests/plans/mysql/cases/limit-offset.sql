SELECT id, total FROM orders ORDER BY placed LIMIT 5000, 10
