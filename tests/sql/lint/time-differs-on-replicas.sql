-- bad: mysql mariadb
UPDATE orders SET seen = SYSDATE() WHERE id = 1;
-- bad: postgres
INSERT INTO log (at, what) VALUES (clock_timestamp(), 'x');
-- good: postgres mysql mariadb
UPDATE orders SET seen = now() WHERE id = 1;
-- near: mysql mariadb
SELECT SYSDATE();
