SELECT max(placed) FROM orders
