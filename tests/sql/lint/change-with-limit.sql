-- bad: mysql mariadb
DELETE FROM log WHERE at < '2024-01-01' LIMIT 1000;
-- good: mysql mariadb
DELETE FROM log WHERE at < '2024-01-01' ORDER BY id LIMIT 1000;
-- near: mysql mariadb
SELECT id FROM log WHERE at < '2024-01-01' LIMIT 1000;
