-- bad: all
SELECT name customer FROM customers;
-- fixed
SELECT name AS customer FROM customers;
-- bad: all
SELECT c.name FROM customers c;
-- fixed
SELECT c.name FROM customers AS c;
-- good: all
SELECT name AS customer FROM customers AS c;
-- near: all
SELECT name FROM customers WHERE name IN (SELECT name FROM people);
