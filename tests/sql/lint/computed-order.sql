-- bad: all
SELECT id FROM customers ORDER BY lower(name);
-- good: all
SELECT id FROM customers ORDER BY name;
-- near: all
SELECT status, count(*) FROM orders GROUP BY status ORDER BY count(*) DESC;
