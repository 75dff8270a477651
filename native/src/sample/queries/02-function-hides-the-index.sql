-- The orders of one day, asked with a function around the column.
-- Look at: SCAN orders, although orders_by_date exists. An index on a column does not help a
-- condition on a function of that column.
-- Fix: compare the bare column with a range:
--   WHERE ordered_at >= '2025-03-14' AND ordered_at < '2025-03-15'
SELECT count(*), sum(total_cents)
FROM orders
WHERE date(ordered_at) = '2025-03-14';
