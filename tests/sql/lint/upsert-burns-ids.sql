-- bad: mysql mariadb
INSERT INTO hits (page, n) VALUES ('a', 1) ON DUPLICATE KEY UPDATE n = n + 1;
-- good: mysql mariadb
UPDATE hits SET n = n + 1 WHERE page = 'a';
-- near: mysql mariadb
INSERT INTO hits (page, n) VALUES ('a', 1);
