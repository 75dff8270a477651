-- Revenue by country in one quarter.
-- Look at: which table is read first, and USE TEMP B-TREE FOR GROUP BY. The range on ordered_at
-- uses its index, but each order then needs a jump to the table for customer and total.
-- Fix: a covering index: CREATE INDEX orders_report ON orders (ordered_at, customer_id, total_cents);
SELECT c.country, count(*) AS orders, sum(o.total_cents) / 100.0 AS revenue
FROM orders AS o
JOIN customers AS c ON c.id = o.customer_id
WHERE o.ordered_at >= '2025-01-01' AND o.ordered_at < '2025-04-01'
GROUP BY c.country
ORDER BY revenue DESC;
