-- format: v1
-- analyze: no
SELECT id FROM orders WHERE status = 'done' AND total = 5 AND note LIKE 'xx%'
