-- facts: yes
-- runs: 6
SELECT page, COUNT(*) FROM visits GROUP BY page LIMIT 10
