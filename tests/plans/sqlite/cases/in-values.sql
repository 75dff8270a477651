SELECT id FROM customers WHERE region_id IN (1, 2, 3)
