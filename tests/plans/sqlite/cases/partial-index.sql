SELECT id FROM orders WHERE status = 'new' AND placed > '2023-01-01'
