-- format: v1
-- analyze: no
SELECT id FROM orders WHERE 1 = 2
