-- Customers who bought tea, by joining everything and removing duplicates.
-- Look at: USE TEMP B-TREE FOR DISTINCT over four joined tables: a row for each line of each order
-- is made only to be thrown away.
-- Fix: ask with EXISTS whether there is such a line, and index orders (customer_id).
SELECT DISTINCT c.id, c.name
FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id
JOIN order_items AS i ON i.order_id = o.id
JOIN products AS p ON p.id = i.product_id
WHERE p.category = 'Tea';
