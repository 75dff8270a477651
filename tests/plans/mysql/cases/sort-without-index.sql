SELECT id, seconds FROM visits ORDER BY seconds, page
