-- bad: all
SELECT sum(total) FROM orders WHERE status = 'none';
-- good: all
SELECT coalesce(sum(total), 0) FROM orders WHERE status = 'none';
-- near: all
SELECT status, sum(total) FROM orders GROUP BY status;
