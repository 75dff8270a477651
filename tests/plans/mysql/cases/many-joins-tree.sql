-- format: tree
SELECT r.name, COUNT(*) FROM regions r JOIN customers c ON c.region_id = r.id JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id WHERE p.sku = 'sku17' GROUP BY r.name
