-- bad: all
UPDATE orders SET status = 'open', total = 5, status = 'closed' WHERE id = 1;
-- bad: all
INSERT INTO orders (id, total, id) VALUES (1, 2, 3);
-- good: all
UPDATE orders SET status = 'open', total = 5 WHERE id = 1;
-- near: mysql mariadb
UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.seen = 1, c.seen = 1 WHERE o.id = 1;
