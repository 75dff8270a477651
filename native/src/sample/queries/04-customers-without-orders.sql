-- Customers who never ordered.
-- Look at: the correlated subquery reads orders again for each customer, or an automatic index is
-- built each time the statement runs.
-- Fix: CREATE INDEX orders_by_customer ON orders (customer_id); the subquery becomes a look-up.
SELECT c.id, c.name
FROM customers AS c
WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id)
LIMIT 100;
