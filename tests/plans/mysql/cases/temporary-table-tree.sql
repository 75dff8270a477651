-- format: tree
SELECT page, COUNT(*) AS n FROM visits GROUP BY page ORDER BY n DESC
