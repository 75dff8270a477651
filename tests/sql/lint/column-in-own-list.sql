-- bad: all
SELECT id FROM orders WHERE status IN ('open', status);
-- good: all
SELECT id FROM orders WHERE status IN ('open', 'status');
-- near: all
SELECT o.id FROM orders o WHERE o.status IN ('open', o.old_status);
