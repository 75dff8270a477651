-- bad: mysql mariadb
CREATE USER 'app'@'%' IDENTIFIED BY 'secret1';
-- bad: postgres
ALTER ROLE app PASSWORD 'secret1';
-- good: postgres
ALTER ROLE app PASSWORD NULL;
-- near: all
SELECT id FROM users WHERE name = 'password';
