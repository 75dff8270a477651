-- versions: 11.8
SELECT id, seconds FROM visits ORDER BY seconds, page
