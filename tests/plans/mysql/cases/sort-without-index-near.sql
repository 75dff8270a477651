SELECT id, seconds FROM visits ORDER BY id LIMIT 50
