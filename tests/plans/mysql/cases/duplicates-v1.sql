-- format: v1
-- analyze: no
SELECT DISTINCT customer_id, seconds FROM visits WHERE id < 9000 ORDER BY seconds LIMIT 20
