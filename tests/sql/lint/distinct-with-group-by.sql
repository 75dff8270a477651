-- bad: all
SELECT DISTINCT status, count(*) FROM orders GROUP BY status;
-- fixed
SELECT status, count(*) FROM orders GROUP BY status;
-- bad: all
SELECT DISTINCT count(*) FROM orders;
-- fixed
SELECT count(*) FROM orders;
-- good: all
SELECT DISTINCT status FROM orders;
-- near: all
SELECT DISTINCT count(*) FROM orders GROUP BY status;
-- near: all
SELECT count(DISTINCT status) FROM orders;
