-- bad: all
SELECT status, count(*) FROM orders GROUP BY 1 ORDER BY 2;
-- good: all
SELECT status, count(*) AS n FROM orders GROUP BY status ORDER BY n;
-- near: all
SELECT status, count(*) FROM orders GROUP BY status LIMIT 2;
