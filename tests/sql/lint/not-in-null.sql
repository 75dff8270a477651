-- bad: all
SELECT id FROM orders WHERE status NOT IN ('open', NULL);
-- bad: all
SELECT id FROM orders WHERE status IN (NULL);
-- good: all
SELECT id FROM orders WHERE status NOT IN ('open') AND status IS NOT NULL;
-- near: all
SELECT id FROM orders WHERE status NOT IN ('open', 'null');
