-- bad: all
SELECT id FROM customers WHERE country = ‘France’;
-- good: all
SELECT id FROM customers WHERE country = 'France';
-- near: all
SELECT id FROM customers WHERE name = '‘Ann’';
