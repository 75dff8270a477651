-- versions: 11.8
SELECT id FROM orders WHERE status = 'done' AND total = 5 AND note LIKE 'xx%'
