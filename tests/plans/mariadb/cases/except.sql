SELECT id FROM regions EXCEPT SELECT region_id FROM customers WHERE region_id < 5
