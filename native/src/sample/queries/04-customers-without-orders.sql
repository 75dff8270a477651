-- Two customers who never ordered.
-- Look at: the CORRELATED SCALAR SUBQUERY with SCAN o below it: orders is read again for each
-- customer. Two customers take a second; all of them would take minutes.
-- Fix: CREATE INDEX orders_by_customer ON orders (customer_id); the subquery becomes a look-up.
SELECT c.id, c.name
FROM customers AS c
WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id)
LIMIT 2;
