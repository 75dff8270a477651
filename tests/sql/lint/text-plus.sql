-- bad: postgres mysql mariadb sqlite
SELECT first_name + ' ' + last_name FROM customers;
-- good: postgres sqlite
SELECT first_name || ' ' || last_name FROM customers;
-- good: mysql mariadb
SELECT CONCAT(first_name, ' ', last_name) FROM customers;
-- near: postgres
SELECT created + '1 day' FROM orders;
