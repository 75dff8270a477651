-- bad: all
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY name);
-- good: all
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers);
-- near: postgres sqlite
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY name LIMIT 5);
-- near: all
SELECT id FROM (SELECT id, name FROM customers ORDER BY name) AS sorted;
