-- bad: all
SELECT {id + 1x2000} FROM orders;
-- good: all
SELECT id + 1 FROM orders;
-- near: all
SELECT id FROM orders WHERE id IN ({1..4000});
