-- bad: all
SELECT o. id FROM orders o;
-- fixed
SELECT o.id FROM orders o;
-- good: all
SELECT o.id FROM orders o;
-- near: all
SELECT o.id FROM orders o WHERE o.total > 1.5;
