-- How often a product was sold, month by month.
-- Look at: SCAN i. The primary key of order_items starts with order_id, so it cannot find a product.
-- Fix: CREATE INDEX order_items_by_product ON order_items (product_id, quantity);
SELECT strftime('%Y-%m', o.ordered_at) AS month, sum(i.quantity) AS sold
FROM order_items AS i
JOIN orders AS o ON o.id = i.order_id
WHERE i.product_id = 17
GROUP BY month
ORDER BY month;
