-- bad (refused): all
SELECT customers.* AS c FROM customers;
-- good: all
SELECT customers.* FROM customers;
-- near: all
SELECT COUNT(*) AS c FROM customers;
