SELECT id, seconds FROM visits ORDER BY seconds DESC LIMIT 5
