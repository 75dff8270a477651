SELECT id FROM customers WHERE region_id IN (SELECT id FROM regions WHERE id < 3 UNION SELECT n FROM numbers WHERE n IN (7, 8))
