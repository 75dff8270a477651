-- format: v1
-- analyze: no
SELECT id FROM regions INTERSECT SELECT region_id FROM customers
