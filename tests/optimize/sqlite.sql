-- Deliberately bad queries in the words of SQLite; see everywhere.sql.

-- one day, by a function around the column
-- sqlite: rewrite proven
SELECT id, total_cents FROM orders WHERE date(ordered_at) = '2025-03-14';

-- one month, by a format
-- sqlite: -
SELECT id, total_cents FROM orders WHERE strftime('%Y-%m', ordered_at) = '2023-05' AND status = 'paid';

-- the sums of a day
-- sqlite: rewrite proven
SELECT count(*) AS orders, sum(total_cents) AS cents FROM orders WHERE date(ordered_at) = '2025-03-14';

-- some days, by a function around the column
-- sqlite: rewrite proven
SELECT id FROM orders WHERE date(ordered_at) BETWEEN '2024-02-27' AND '2024-03-01';

-- the beginning of a text
-- sqlite: -
SELECT id, city FROM customers WHERE substr(country, 1, 2) = 'Po';

-- an index forbidden by a plus
-- sqlite: rewrite proven
SELECT id, status FROM orders WHERE +id < 100;

-- an index forced upon a query by key
-- sqlite: -
SELECT id, status FROM orders INDEXED BY orders_by_status WHERE status = 'delivered' AND id < 300;

-- a CTE kept apart
-- sqlite: rewrite proven
WITH recent AS MATERIALIZED (SELECT * FROM orders) SELECT id, total_cents FROM recent WHERE id < 50;
