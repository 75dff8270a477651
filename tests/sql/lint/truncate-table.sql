-- bad: postgres
TRUNCATE orders CASCADE;
-- bad: mysql mariadb
TRUNCATE TABLE orders;
-- good: all
DELETE FROM orders WHERE id = 7;
-- near: mysql mariadb
SELECT TRUNCATE(total, 2) FROM orders;
