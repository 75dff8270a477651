SELECT region_id, COUNT(*) FROM customers GROUP BY region_id WITH ROLLUP
