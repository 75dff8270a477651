-- format: tree
-- analyze: no
WITH big AS (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id HAVING n > 11) SELECT a.customer_id FROM big a JOIN big b ON b.n = a.n AND b.customer_id = a.customer_id + 1
