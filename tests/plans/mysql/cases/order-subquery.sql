SELECT r.id FROM regions r ORDER BY (SELECT COUNT(*) FROM customers c WHERE c.region_id = r.id) DESC
