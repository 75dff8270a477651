-- Page 4000 of the orders.
-- Look at: the time, not the plan. OFFSET reads and throws away every row before the page.
-- Fix: remember the last row of the page before and go on from it:
--   WHERE ordered_at > :last ORDER BY ordered_at LIMIT 50
SELECT id, ordered_at, total_cents
FROM orders
ORDER BY ordered_at
LIMIT 50 OFFSET 199950;
