-- facts: yes
SELECT id, note FROM orders FORCE INDEX (orders_customer_status) WHERE customer_id BETWEEN 10 AND 900 AND total < 5
