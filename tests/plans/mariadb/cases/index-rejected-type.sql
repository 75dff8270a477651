-- versions: 11.8
SELECT id, name FROM customers WHERE code = 77
