SELECT id FROM orders ORDER BY placed
