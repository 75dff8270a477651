-- format: v1
-- analyze: no
SELECT page, COUNT(*) AS n FROM visits GROUP BY page ORDER BY n DESC
