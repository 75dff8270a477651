-- bad: all
SELECT id FROM orders WHERE status = 'open' AND status = 'paid';
-- bad: all
SELECT id FROM orders WHERE 1 = 2;
-- good: all
SELECT id FROM orders WHERE status IN ('open', 'paid');
-- near: all
SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id WHERE o.status = 'open' AND i.status = 'paid';
-- near: all
SELECT id FROM orders WHERE status = 'open' AND total > 5 AND total < 7;
