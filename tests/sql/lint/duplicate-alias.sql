-- bad: all
SELECT o.id FROM orders o JOIN items o ON o.order_id = o.id;
-- bad: all
SELECT 1 FROM staff JOIN staff ON staff.id = staff.manager_id;
-- good: all
SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id;
-- near: all
SELECT o.id FROM orders o WHERE o.id IN (SELECT o.order_id FROM items o);
