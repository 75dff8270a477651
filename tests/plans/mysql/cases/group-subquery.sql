SELECT (SELECT MAX(name) FROM regions r WHERE r.id = c.region_id) AS region, COUNT(*) FROM customers c WHERE c.id < 100 GROUP BY region
