-- bad: postgres
SELECT id FROM customers WHERE name ~ 'son$';
-- bad: mysql mariadb
SELECT id FROM customers WHERE name REGEXP 'son$';
-- good: all
SELECT id FROM customers WHERE name LIKE 'And%';
-- near: postgres
SELECT id FROM customers WHERE name ~ '^And';
-- near: mysql mariadb
SELECT id, name REGEXP 'son$' AS scandinavian FROM customers;
