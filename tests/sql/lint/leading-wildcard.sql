-- bad: all
SELECT id FROM customers WHERE name LIKE '%son';
-- good: all
SELECT id FROM customers WHERE name LIKE 'son%';
-- near: all
SELECT id FROM customers WHERE name LIKE 's%n_';
-- near: all
SELECT id FROM customers WHERE name NOT LIKE '%test';
