-- format: v1
-- analyze: no
SELECT id, seconds FROM visits ORDER BY seconds, page
