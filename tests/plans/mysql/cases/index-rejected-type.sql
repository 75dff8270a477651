SELECT id, name FROM customers WHERE code = 77
