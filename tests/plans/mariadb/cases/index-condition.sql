SELECT id, note FROM orders FORCE INDEX (orders_customer_status) WHERE customer_id BETWEEN 10 AND 200 AND status LIKE '%ew'
