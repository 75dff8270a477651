-- bad: all
DELETE FROM orders WHERE id = id;
-- bad: all
SELECT id FROM users WHERE name = 'x' OR '1' = '1';
-- good: all
DELETE FROM orders WHERE id = 7;
-- near: all
SELECT id FROM orders WHERE 1 = 1 AND status = 'open';
-- near: all
SELECT o.id FROM orders o WHERE o.id = o.parent_id;
