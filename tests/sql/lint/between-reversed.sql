-- bad: all
SELECT id FROM orders WHERE total BETWEEN 10 AND 1;
-- bad: all
SELECT id FROM orders WHERE created BETWEEN '2024-12-31' AND '2024-01-01';
-- good: all
SELECT id FROM orders WHERE total BETWEEN 1 AND 10;
-- near: all
SELECT id FROM orders WHERE total BETWEEN -10 AND -1;
