-- versions: 11.8
SELECT status, COUNT(*) AS n FROM orders GROUP BY status ORDER BY status
