SELECT id, SUM(total) OVER (ORDER BY placed) AS s, ROW_NUMBER() OVER (PARTITION BY status ORDER BY total) AS n FROM orders WHERE customer_id < 40
