-- bad: all
SELECT id FROM orders WHERE status = 'open' ORDER BY status, id;
-- bad: mysql mariadb sqlite
SELECT id FROM orders ORDER BY 'created';
-- good: all
SELECT id FROM orders WHERE status = 'open' ORDER BY created, id;
-- near: all
SELECT id FROM orders WHERE status > 'open' ORDER BY status, id;
-- near: all
SELECT id FROM orders WHERE status = 'open' OR total > 5 ORDER BY status;
