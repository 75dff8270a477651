SELECT id FROM customers WHERE region_id = (SELECT FLOOR(RAND() * MAX(id)) FROM regions) AND id < 50
