SELECT * FROM totals WHERE customer_id = 7
