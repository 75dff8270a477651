-- versions: 11.8
SELECT id FROM customers WHERE region_id = (SELECT FLOOR(MAX(id) / 2) FROM regions) AND id < 50
