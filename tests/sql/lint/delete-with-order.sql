-- bad: mysql mariadb
DELETE FROM log WHERE at < '2024-01-01' ORDER BY at;
-- good: mysql mariadb
DELETE FROM log WHERE at < '2024-01-01';
-- near: mysql mariadb
DELETE FROM log WHERE at < '2024-01-01' ORDER BY at LIMIT 10;
