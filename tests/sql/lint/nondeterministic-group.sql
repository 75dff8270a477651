-- bad: mysql mariadb sqlite
SELECT country, name, count(*) FROM customers GROUP BY country;
-- good: mysql mariadb sqlite
SELECT country, min(name), count(*) FROM customers GROUP BY country;
-- near: mysql mariadb sqlite
SELECT c.id, c.name, count(*) FROM customers c GROUP BY c.id;
-- near: mysql mariadb sqlite
SELECT lower(country) AS land, count(*) FROM customers GROUP BY land;
