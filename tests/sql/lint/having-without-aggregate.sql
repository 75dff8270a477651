-- bad: all
SELECT status, count(*) FROM orders GROUP BY status HAVING status <> 'open';
-- fixed
SELECT status, count(*) FROM orders WHERE status <> 'open' GROUP BY status;
-- bad: all
SELECT status, count(*) FROM orders WHERE total > 1 GROUP BY status HAVING status <> 'open' AND count(*) > 5;
-- good: all
SELECT status, count(*) FROM orders WHERE status <> 'open' GROUP BY status;
-- near: all
SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > 5;
-- near: mysql mariadb sqlite
SELECT status, count(*) AS n FROM orders GROUP BY status HAVING n > 5;
