-- bad: all
SELECT CASE shipped WHEN NULL THEN 'no' ELSE 'yes' END FROM orders;
-- good: all
SELECT CASE WHEN shipped IS NULL THEN 'no' ELSE 'yes' END FROM orders;
-- near: all
SELECT CASE status WHEN 'open' THEN NULL ELSE 1 END FROM orders;
