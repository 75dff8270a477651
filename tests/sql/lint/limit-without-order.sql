-- bad: all
SELECT id FROM orders WHERE status = 'open' LIMIT 10;
-- bad: all
SELECT id FROM orders LIMIT 10 OFFSET 20;
-- good: all
SELECT id FROM orders WHERE status = 'open' ORDER BY id LIMIT 10;
-- near: all
SELECT id FROM orders WHERE status = 'open' LIMIT 1;
-- near: all
SELECT id, status FROM orders LIMIT 10;
-- near: all
SELECT count(*) FROM orders WHERE status = 'open' LIMIT 10;
