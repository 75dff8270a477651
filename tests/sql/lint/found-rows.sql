-- bad: mysql mariadb
SELECT SQL_CALC_FOUND_ROWS id FROM orders ORDER BY id LIMIT 20;
-- good: mysql mariadb
SELECT COUNT(*) FROM orders;
-- near: mysql mariadb
SELECT 'SQL_CALC_FOUND_ROWS' AS hint FROM orders;
