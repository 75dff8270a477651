-- bad: all
SELECT id FROM orders WHERE customer_id IN (SELECT DISTINCT id FROM customers);
-- fixed
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers);
-- good: all
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers);
-- near: all
SELECT id FROM orders WHERE total = (SELECT DISTINCT total FROM best);
