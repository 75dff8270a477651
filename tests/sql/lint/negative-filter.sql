-- bad: all
SELECT id FROM orders WHERE status <> 'closed' AND kind NOT IN (1, 2);
-- good: all
SELECT id FROM orders WHERE status IN ('open', 'paid');
-- near: all
SELECT id FROM orders WHERE status <> 'closed' AND customer_id = 7;
