-- format: v1
-- analyze: no
SELECT name FROM customers WHERE id = -5
