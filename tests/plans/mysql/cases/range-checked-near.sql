-- analyze: no
SELECT p.id, o.id FROM products p JOIN orders o ON o.customer_id = p.price WHERE p.id < 40
