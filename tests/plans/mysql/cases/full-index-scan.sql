SELECT id, note FROM orders FORCE INDEX (orders_placed) ORDER BY placed
