-- The orders of one customer, in a table of hundreds of thousands.
-- Look at: SCAN orders. Every order is read to find a few.
-- Fix: CREATE INDEX orders_by_customer ON orders (customer_id);
-- More of them: the command "MyDBA: Open a Sample Query".
SELECT id, status, ordered_at, total_cents
FROM orders
WHERE customer_id = 4321;
