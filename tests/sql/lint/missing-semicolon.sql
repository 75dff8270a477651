-- bad (refused): all
SELECT id FROM orders
DELETE FROM items WHERE id = 1;
-- good: all
SELECT id FROM orders;
DELETE FROM items WHERE id = 1;
-- near: postgres
WITH gone AS (
DELETE FROM items WHERE id = 1 RETURNING id)
SELECT id FROM gone;
-- near: sqlite postgres
INSERT INTO items (id) VALUES (1)
ON CONFLICT (id) DO
UPDATE SET id = 2;
