SELECT id FROM customers WHERE code LIKE '77%'
