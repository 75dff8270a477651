SELECT name FROM customers WHERE id = -5
