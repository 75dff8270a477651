-- bad: all
SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET 100000;
-- bad: mysql mariadb sqlite
SELECT id FROM orders ORDER BY id LIMIT 100000, 20;
-- good: all
SELECT id FROM orders WHERE id > 100020 ORDER BY id LIMIT 20;
-- near: all
SELECT id FROM orders ORDER BY id LIMIT 100000 OFFSET 20;
