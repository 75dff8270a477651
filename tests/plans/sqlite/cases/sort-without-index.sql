SELECT id FROM visits ORDER BY seconds
