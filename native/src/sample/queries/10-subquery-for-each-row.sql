-- Each product with the number of its buyers' reviews and events.
-- Look at: CORRELATED SCALAR SUBQUERY. The one on events reads the whole table for each product of
-- the category; the one on reviews is a look-up.
-- Fix: CREATE INDEX events_by_product ON events (product_id); or join with a grouped subquery.
SELECT p.id, p.name,
       (SELECT count(*) FROM reviews AS r WHERE r.product_id = p.id) AS reviews,
       (SELECT count(*) FROM events AS e WHERE e.product_id = p.id) AS events
FROM products AS p
WHERE p.category = 'Tea'
LIMIT 20;
