SELECT id FROM customers WHERE region_id IN (SELECT id FROM regions WHERE name LIKE '%1')
