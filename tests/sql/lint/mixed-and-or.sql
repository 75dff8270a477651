-- bad: all
SELECT id FROM orders WHERE total > 5 OR paid = 1 AND status = 'open';
-- good: all
SELECT id FROM orders WHERE total > 5 OR (paid = 1 AND status = 'open');
-- near: all
SELECT id FROM orders WHERE (total > 5 OR paid = 1) AND status = 'open';
