-- bad: postgres
TRUNCATE orders CASCADE;
-- good: postgres
TRUNCATE orders, order_items;
-- good: all
DELETE FROM orders WHERE id = 7;
-- near: mysql mariadb
TRUNCATE TABLE staging_prices;
-- near: mysql mariadb
SELECT TRUNCATE(total, 2) FROM orders;
