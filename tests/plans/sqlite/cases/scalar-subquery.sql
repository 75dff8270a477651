SELECT name FROM customers WHERE region_id = (SELECT max(id) FROM regions)
