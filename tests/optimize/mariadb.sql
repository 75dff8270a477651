-- Deliberately bad queries in the words of MariaDB; see everywhere.sql.

-- one month, by a format
-- mariadb: -
SELECT id, total_cents FROM orders WHERE DATE_FORMAT(ordered_at, '%Y-%m') = '2023-05';

-- some days, by a function and a format
-- mariadb: rewrite proven
SELECT id FROM orders WHERE DATE_FORMAT(ordered_at, '%Y-%m-%d') BETWEEN '2023-02-27' AND '2023-03-01';

-- a number made a text
-- mariadb: rewrite proven
SELECT id, rating FROM reviews WHERE CAST(product_id AS CHAR) = '17';

-- a text compared with a number
-- mariadb: rewrite proven
SELECT id, total_cents FROM orders WHERE reference IN (1001, 1002, 1003);

-- an index forced upon a query by key
-- mariadb: -
SELECT id, status FROM orders FORCE INDEX (orders_by_status) WHERE status = 'delivered' AND id < 300;

-- the sums of a month
-- mariadb: -
SELECT count(*) AS orders, sum(total_cents) AS cents FROM orders WHERE DATE_FORMAT(ordered_at, '%Y-%m') = '2023-05';

-- the beginning of a text
-- mariadb: -
SELECT id, city FROM customers WHERE left(country, 2) = 'Po';

-- both sides of a format
-- mariadb: -
SELECT id, status FROM orders WHERE '2023-06' = DATE_FORMAT(ordered_at, '%Y-%m') AND status = 'paid';

-- a function and a comparison the wrong way round
-- mariadb: rewrite proven
SELECT id FROM orders WHERE 40 > id + 3;
