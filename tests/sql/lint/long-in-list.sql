-- bad: all
SELECT id FROM orders WHERE id IN ({1..501});
-- good: all
SELECT o.id FROM orders o JOIN wanted w ON w.id = o.id;
-- near: all
SELECT id FROM orders WHERE id IN ({1..500});
