SELECT MIN(id), MAX(id) FROM orders
