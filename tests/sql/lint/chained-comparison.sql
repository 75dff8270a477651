-- bad: mysql mariadb sqlite
SELECT id FROM orders WHERE 1 < total < 10;
-- bad: mysql mariadb sqlite
SELECT id FROM orders o, customers c WHERE o.customer_id = c.id = 7;
-- good: all
SELECT id FROM orders WHERE 1 < total AND total < 10;
-- near: all
SELECT id FROM orders WHERE (total > 5) = (seen > 0);
