-- The sample shop's tables and indexes in the words of PostgreSQL; the rows are copied.
CREATE TABLE customers (
  id integer PRIMARY KEY, name text NOT NULL, email text NOT NULL, phone text, city text NOT NULL,
  country text NOT NULL, newsletter integer NOT NULL, created_at timestamp NOT NULL
);
CREATE TABLE products (
  id integer PRIMARY KEY, sku text NOT NULL UNIQUE, name text NOT NULL, category text NOT NULL,
  price_cents integer NOT NULL, stock integer NOT NULL, weight_kg double precision,
  description text NOT NULL, discontinued_at date
);
CREATE TABLE orders (
  id integer PRIMARY KEY, customer_id integer NOT NULL, status text NOT NULL,
  ordered_at timestamp NOT NULL, shipped_at timestamp, total_cents integer NOT NULL, note text
);
CREATE TABLE order_items (
  order_id integer NOT NULL, line integer NOT NULL, product_id integer NOT NULL,
  quantity integer NOT NULL, price_cents integer NOT NULL, PRIMARY KEY (order_id, line)
);
CREATE TABLE events (
  id integer PRIMARY KEY, customer_id integer, kind text NOT NULL, product_id integer,
  occurred_at timestamp NOT NULL, details text
);
CREATE TABLE reviews (
  id integer PRIMARY KEY, product_id integer NOT NULL, customer_id integer NOT NULL,
  rating integer NOT NULL, title text, body text NOT NULL, created_at timestamp NOT NULL
);
CREATE INDEX customers_by_country_and_city ON customers (country, city);
CREATE INDEX products_by_category ON products (category, price_cents);
CREATE INDEX orders_by_date ON orders (ordered_at);
CREATE INDEX orders_by_status ON orders (status);
CREATE INDEX events_by_kind ON events (kind);
CREATE INDEX reviews_by_product ON reviews (product_id);
