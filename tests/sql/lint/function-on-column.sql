-- bad: mysql mariadb
SELECT id FROM orders WHERE YEAR(created) = 2024;
-- bad: postgres
SELECT id FROM orders WHERE date_trunc('day', created) = '2024-01-01';
-- bad: all
SELECT id FROM orders WHERE total * 2 > 10 AND status = 'open';
-- good: all
SELECT id FROM orders WHERE created >= '2024-01-01' AND created < '2025-01-01';
-- near: all
SELECT id FROM customers WHERE lower(email) = 'ann@example.org';
-- near: mysql mariadb
SELECT YEAR(created) FROM orders WHERE created > DATE('2024-01-01');
-- near: all
SELECT id FROM orders WHERE total * 2 > paid;
