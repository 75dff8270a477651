-- bad: mysql mariadb
SELECT COUNT(DISTINCT country, city) FROM customers;
-- good: mysql mariadb
SELECT COUNT(*) FROM (SELECT DISTINCT country, city FROM customers) AS places;
-- near: mysql mariadb
SELECT COUNT(DISTINCT country) FROM customers;
