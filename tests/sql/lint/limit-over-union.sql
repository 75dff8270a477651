-- bad: all
SELECT id FROM orders UNION ALL SELECT id FROM old_orders ORDER BY id LIMIT 10;
-- good: postgres mysql mariadb
(SELECT id FROM orders ORDER BY id LIMIT 10) UNION ALL (SELECT id FROM old_orders ORDER BY id LIMIT 10) ORDER BY id LIMIT 10;
-- near: all
SELECT id FROM orders UNION SELECT id FROM old_orders ORDER BY id LIMIT 10;
