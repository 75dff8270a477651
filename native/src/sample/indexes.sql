-- Indexes, views and a trigger of the sample shop, made when the rows are there.
-- Missing on purpose: orders (customer_id), order_items (product_id), events (customer_id) and
-- (occurred_at), reviews (customer_id), customers (email).

CREATE INDEX customers_by_country_and_city ON customers (country, city);
-- Redundant: the first column of the index above.
CREATE INDEX customers_by_country ON customers (country);
CREATE INDEX products_by_category ON products (category, price_cents);
-- Redundant: UNIQUE made an index already.
CREATE INDEX products_by_sku ON products (sku);
CREATE INDEX orders_by_date ON orders (ordered_at);
-- Hardly selective: five values, and one of them is nearly everywhere.
CREATE INDEX orders_by_status ON orders (status);
CREATE INDEX events_by_kind ON events (kind);
CREATE INDEX reviews_by_product ON reviews (product_id);
-- A duplicate of the one above, under another name.
CREATE INDEX reviews_product_id ON reviews (product_id);
CREATE INDEX reviews_good ON reviews (created_at) WHERE rating >= 4;

CREATE VIEW order_totals AS
SELECT o.id, o.ordered_at, c.name AS customer, c.country, sum(i.quantity * i.price_cents) AS cents
FROM orders AS o
JOIN customers AS c ON c.id = o.customer_id
JOIN order_items AS i ON i.order_id = o.id
GROUP BY o.id;

CREATE VIEW best_sellers AS
SELECT p.id, p.name, p.category, sum(i.quantity) AS sold
FROM products AS p
JOIN order_items AS i ON i.product_id = p.id
GROUP BY p.id
ORDER BY sold DESC
LIMIT 100;

CREATE TRIGGER order_items_take_stock AFTER INSERT ON order_items
BEGIN
  UPDATE products SET stock = stock - NEW.quantity WHERE id = NEW.product_id;
END;
