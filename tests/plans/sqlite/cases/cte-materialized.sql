WITH big AS MATERIALIZED (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) SELECT a.customer_id FROM big a JOIN big b ON b.n = a.n AND b.customer_id = a.customer_id + 1
