-- versions: 11.8
SELECT page, COUNT(*) AS n FROM visits GROUP BY page ORDER BY n DESC
