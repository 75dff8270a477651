-- versions: 11.8
SELECT id, note FROM orders FORCE INDEX (orders_placed) ORDER BY placed
