-- bad: all
SELECT id FROM orders WHERE status = 'a' OR status = 'b' OR status = 'c';
-- fixed
SELECT id FROM orders WHERE status IN ('a', 'b', 'c');
-- bad: all
SELECT id FROM orders o WHERE total > 5 AND (o.kind = 1 OR o.kind = 2 OR o.kind = 3);
-- fixed
SELECT id FROM orders o WHERE total > 5 AND (o.kind IN (1, 2, 3));
-- good: all
SELECT id FROM orders WHERE status IN ('a', 'b', 'c');
-- near: all
SELECT id FROM orders WHERE status = 'a' OR kind = 2 OR status = 'c';
-- near: all
SELECT id FROM orders WHERE status = 'a' OR status = 'b';
