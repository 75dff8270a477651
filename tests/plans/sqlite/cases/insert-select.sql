INSERT INTO regions SELECT id + 1000, name FROM customers WHERE region_id = 3
