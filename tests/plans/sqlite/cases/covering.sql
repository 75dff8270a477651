SELECT customer_id, status FROM orders WHERE customer_id = 17
