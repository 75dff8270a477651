SELECT id FROM regions UNION ALL SELECT id FROM products WHERE price = 3
