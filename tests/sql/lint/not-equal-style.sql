-- bad: all
SELECT id FROM orders WHERE status != 'open';
-- fixed
SELECT id FROM orders WHERE status <> 'open';
-- good: all
SELECT id FROM orders WHERE status <> 'open';
-- near: all
SELECT id FROM orders WHERE status = '!=';
