-- bad: all
SELECT id FROM customers WHERE country LIKE 'France';
-- good: all
SELECT id FROM customers WHERE country = 'France';
-- near: all
SELECT id FROM customers WHERE country LIKE 'Fr%';
-- near: all
SELECT id FROM customers WHERE name LIKE '100!%' ESCAPE '!';
