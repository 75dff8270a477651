-- bad: mysql mariadb sqlite
UPDATE orders SET total = 5 AND status = 'open' WHERE id = 1;
-- good: all
UPDATE orders SET total = 5, status = 'open' WHERE id = 1;
-- near: all
UPDATE orders SET seen = (total > 5 AND status = 'open') WHERE id = 1;
