-- bad: postgres mysql mariadb sqlite
SELECT status FROM orders WHERE count(*) > 5 GROUP BY status;
-- good: all
SELECT status FROM orders GROUP BY status HAVING count(*) > 5;
-- near: all
SELECT id FROM orders WHERE total > (SELECT avg(total) FROM orders);
