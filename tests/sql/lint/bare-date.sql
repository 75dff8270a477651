-- bad: all
SELECT id FROM orders WHERE created > 2024-02-12;
-- fixed
SELECT id FROM orders WHERE created > '2024-02-12';
-- good: all
SELECT id FROM orders WHERE created > '2024-02-12';
-- near: all
SELECT id FROM orders WHERE total > 2024 - 2 - 12;
-- near: all
SELECT id FROM orders WHERE total > 5024-02-12;
