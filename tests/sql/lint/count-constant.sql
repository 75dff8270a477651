-- bad: all
SELECT count(1) FROM orders;
-- fixed
SELECT count(*) FROM orders;
-- good: all
SELECT count(*) FROM orders;
-- near: all
SELECT count(shipped), sum(1) FROM orders;
