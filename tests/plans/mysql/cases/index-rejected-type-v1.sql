-- format: v1
-- analyze: no
SELECT id, name FROM customers WHERE code = 77
