-- bad: all
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders);
-- good: all
SELECT c.id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
-- near: all
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL);
-- near: all
SELECT id FROM orders WHERE customer_id NOT IN (SELECT id FROM customers);
