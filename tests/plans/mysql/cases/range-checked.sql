-- analyze: no
SELECT p.id, o.id FROM regions r JOIN products p ON p.id < 40 JOIN orders o ON o.id < p.price - 400 AND o.customer_id > r.id WHERE r.id > 18
