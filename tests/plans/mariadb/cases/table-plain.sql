-- format: table
-- analyze: no
-- versions: 11.8
SELECT page, COUNT(*) FROM visits GROUP BY page
