SELECT id FROM regions EXCEPT SELECT region_id FROM customers
