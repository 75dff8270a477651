-- bad: postgres mysql mariadb sqlite
SELECT count(*) FROM orders GROUP BY 'status';
-- good: all
SELECT status, count(*) FROM orders GROUP BY status;
-- near: all
SELECT status, count(*) FROM orders GROUP BY 1;
