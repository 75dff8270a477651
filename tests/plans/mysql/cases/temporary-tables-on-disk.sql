-- facts: yes
-- set: tmp_table_size = 65536
-- runs: 6
SELECT page, seconds, COUNT(*) FROM visits GROUP BY page, seconds LIMIT 10
