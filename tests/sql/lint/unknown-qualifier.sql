-- bad: postgres mysql mariadb sqlite
SELECT orders.id FROM orders o;
-- bad: postgres mysql mariadb sqlite
SELECT o.id FROM orders o WHERE c.name = 'Ann';
-- good: all
SELECT o.id FROM orders o;
-- near: all
SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
-- near: all
SELECT orders.id FROM shop.orders;
