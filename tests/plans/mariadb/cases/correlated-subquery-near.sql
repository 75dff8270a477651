-- versions: 11.8
SELECT c.id FROM customers c WHERE c.region_id = (SELECT MIN(id) FROM regions)
