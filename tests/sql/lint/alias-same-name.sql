-- bad: all
SELECT id FROM orders AS orders;
-- fixed
SELECT id FROM orders;
-- bad: all
SELECT name AS name FROM customers;
-- fixed
SELECT name FROM customers;
-- good: all
SELECT id FROM orders AS o;
-- near: all
SELECT c.name AS name FROM customers AS c;
