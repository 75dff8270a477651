-- bad: all
UPDATE orders SET status = 'open';
-- good: all
UPDATE orders SET status = 'open' WHERE id = 7;
-- near: mysql mariadb
UPDATE orders o JOIN cancelled c ON c.order_id = o.id SET o.status = 'cancelled';
-- near: postgres
INSERT INTO orders (id, status) VALUES (1, 'open') ON CONFLICT (id) DO UPDATE SET status = 'open';
