-- The sample shop's tables and indexes in the words of MariaDB; the rows are copied. `reference` is
-- a number that somebody stored as a text.
CREATE TABLE customers (
  id int PRIMARY KEY, name varchar(100) NOT NULL, email varchar(150) NOT NULL, phone varchar(40),
  city varchar(60) NOT NULL, country varchar(60) NOT NULL, newsletter int NOT NULL,
  created_at datetime NOT NULL, KEY customers_by_country_and_city (country, city)
);
CREATE TABLE products (
  id int PRIMARY KEY, sku varchar(20) NOT NULL UNIQUE, name varchar(100) NOT NULL,
  category varchar(40) NOT NULL, price_cents int NOT NULL, stock int NOT NULL, weight_kg double,
  description text NOT NULL, discontinued_at date, KEY products_by_category (category, price_cents)
);
CREATE TABLE orders (
  id int PRIMARY KEY, customer_id int NOT NULL, status varchar(20) NOT NULL,
  ordered_at datetime NOT NULL, shipped_at datetime, total_cents int NOT NULL, note text,
  reference varchar(12) AS (concat('', id)) STORED, KEY orders_by_date (ordered_at),
  KEY orders_by_status (status), KEY orders_by_reference (reference)
);
CREATE TABLE order_items (
  order_id int NOT NULL, line int NOT NULL, product_id int NOT NULL, quantity int NOT NULL,
  price_cents int NOT NULL, PRIMARY KEY (order_id, line)
);
CREATE TABLE events (
  id int PRIMARY KEY, customer_id int, kind varchar(20) NOT NULL, product_id int,
  occurred_at datetime NOT NULL, details text, KEY events_by_kind (kind)
);
CREATE TABLE reviews (
  id int PRIMARY KEY, product_id int NOT NULL, customer_id int NOT NULL, rating int NOT NULL,
  title varchar(100), body text NOT NULL, created_at datetime NOT NULL,
  KEY reviews_by_product (product_id)
);
