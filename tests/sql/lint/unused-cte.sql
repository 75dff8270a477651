-- bad: all
WITH recent AS (SELECT id FROM orders WHERE total > 5) SELECT count(*) FROM customers;
-- good: all
WITH recent AS (SELECT id FROM orders WHERE total > 5) SELECT count(*) FROM recent;
-- near: all
WITH a AS (SELECT id FROM orders), b AS (SELECT id FROM a) SELECT id FROM b;
