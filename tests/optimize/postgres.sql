-- Deliberately bad queries in the words of PostgreSQL; see everywhere.sql.

-- one day, by a cast
-- postgres: rewrite proven
SELECT id, total_cents FROM orders WHERE ordered_at::date = '2023-03-14';

-- one month, by a function
-- postgres: -
SELECT id, total_cents FROM orders WHERE date_trunc('month', ordered_at) = '2023-05-01';

-- some days, by a format
-- postgres: rewrite proven
SELECT id FROM orders WHERE to_char(ordered_at, 'YYYY-MM-DD') = '2023-06-07';

-- the end of a time, by its year
-- postgres: rewrite proven
SELECT id, total_cents FROM orders WHERE extract(year FROM ordered_at) < 2023 OR id < 30;

-- the sums of a day
-- postgres: rewrite proven
SELECT count(*) AS orders, sum(total_cents) AS cents FROM orders WHERE date(ordered_at) = '2023-03-14';

-- a number made a text
-- postgres: rewrite proven
SELECT id, rating FROM reviews WHERE product_id::text = '17';

-- a CTE kept apart
-- postgres: rewrite proven
WITH recent AS MATERIALIZED (SELECT * FROM orders) SELECT id, total_cents FROM recent WHERE id < 50;

-- the beginning of a text
-- postgres: -
SELECT id, city FROM customers WHERE left(country, 2) = 'Po';
