-- bad: all
SELECT country, count(*) FROM orders WHERE status = 'open' GROUP BY status, country;
-- good: all
SELECT country, count(*) FROM orders WHERE status = 'open' GROUP BY country;
-- near: all
SELECT status, country, count(*) FROM orders WHERE status = 'open' GROUP BY status, country;
-- near: all
SELECT country, count(*) FROM orders WHERE status = 'open' GROUP BY status, country ORDER BY status;
-- near: all
SELECT status, country, count(*) FROM orders WHERE status > 'open' GROUP BY status, country;
