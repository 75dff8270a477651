UPDATE orders SET total = 0 WHERE customer_id = 3
