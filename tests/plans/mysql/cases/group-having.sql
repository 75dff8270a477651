SELECT region_id, COUNT(*) AS n FROM customers GROUP BY region_id HAVING n > (SELECT COUNT(*) FROM regions)
