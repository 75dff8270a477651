-- versions: 11.8
SELECT COUNT(DISTINCT customer_id) FROM orders FORCE INDEX (orders_customer_status)
