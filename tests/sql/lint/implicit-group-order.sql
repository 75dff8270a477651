-- bad 507: mysql
SELECT status, count(*) FROM orders GROUP BY status;
-- good 507: mysql
SELECT status, count(*) FROM orders GROUP BY status ORDER BY NULL;
-- near 804: mysql
SELECT status, count(*) FROM orders GROUP BY status;
-- near: mysql mariadb
SELECT status, count(*) FROM orders GROUP BY status;
