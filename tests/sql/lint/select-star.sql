-- bad: all
SELECT * FROM orders WHERE id = 1;
-- bad: all
SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id;
-- good: all
SELECT id, total FROM orders WHERE id = 1;
-- near: all
SELECT COUNT(*) FROM orders WHERE EXISTS (SELECT * FROM items WHERE items.order_id = orders.id);
-- near: all
WITH recent AS (SELECT id, total FROM orders WHERE total > 10) SELECT * FROM recent;
-- near: all
SELECT * FROM (SELECT id FROM orders WHERE total > 10) AS recent;
