-- bad: mysql mariadb
INSERT INTO archive (id) SELECT id FROM orders WHERE status = 'closed';
-- good: mysql mariadb
INSERT INTO archive (id) VALUES (1), (2);
-- near: mysql mariadb
INSERT INTO archive (id) SELECT 1;
