-- bad: all
SELECT id FROM orders WHERE shipped = NULL;
-- fixed
SELECT id FROM orders WHERE shipped IS NULL;
-- bad: all
SELECT id FROM orders WHERE total > 5 AND shipped <> NULL;
-- fixed
SELECT id FROM orders WHERE total > 5 AND shipped IS NOT NULL;
-- good: all
SELECT id FROM orders WHERE shipped IS NULL;
-- near: all
UPDATE orders SET shipped = NULL WHERE id = 1;
-- near: mysql mariadb
SELECT id FROM orders WHERE shipped <=> NULL;
