SELECT id FROM regions UNION ALL SELECT region_id FROM customers
