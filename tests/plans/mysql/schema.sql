-- The shop whose plans are recorded (scripts/plans). Everything is computed, nothing is random, so
-- that it is the same on every machine. Statistics are refreshed at the end.
CREATE TABLE digits (d INT PRIMARY KEY);
INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TABLE numbers (n INT PRIMARY KEY);
INSERT INTO numbers
SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d
FROM digits a, digits b, digits c, digits d, digits e;

CREATE TABLE regions (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL);
INSERT INTO regions SELECT n, CONCAT('region ', n) FROM numbers WHERE n < 20;

CREATE TABLE customers (
  id INT PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  email VARCHAR(60) NOT NULL,
  region_id INT NOT NULL,
  code VARCHAR(10) NOT NULL,
  KEY customers_region (region_id),
  KEY customers_code (code)
);
INSERT INTO customers
SELECT n, CONCAT('customer ', n), CONCAT('c', n, '@example.com'), n % 20, CONCAT('', n % 2500)
FROM numbers WHERE n < 5000;

CREATE TABLE orders (
  id INT PRIMARY KEY,
  customer_id INT NOT NULL,
  status VARCHAR(10) NOT NULL,
  placed DATE NOT NULL,
  total INT NOT NULL,
  note VARCHAR(100),
  KEY orders_customer_status (customer_id, status),
  KEY orders_placed (placed),
  KEY orders_status (status)
);
INSERT INTO orders
SELECT n, n * 7 % 5000, ELT(1 + (n % 20 = 0) + 2 * (n % 50 = 1), 'done', 'new', 'lost'),
  DATE '2020-01-01' + INTERVAL (n * 13 % 1500) DAY, n * 31 % 1000, REPEAT('x', n % 90)
FROM numbers WHERE n < 60000;

CREATE TABLE products (
  id INT PRIMARY KEY,
  sku VARCHAR(20) NOT NULL,
  price INT NOT NULL,
  description VARCHAR(200) NOT NULL,
  UNIQUE KEY products_sku (sku),
  FULLTEXT KEY products_text (description)
);
INSERT INTO products
SELECT n, CONCAT('sku', n), n * 17 % 500, CONCAT('a thing of colour ', ELT(1 + n % 3, 'red', 'green', 'blue'))
FROM numbers WHERE n < 1000;

CREATE TABLE items (
  order_id INT NOT NULL,
  line INT NOT NULL,
  product_id INT NOT NULL,
  quantity INT NOT NULL,
  PRIMARY KEY (order_id, line),
  KEY items_product (product_id)
);
INSERT INTO items SELECT n, 1, n * 11 % 1000, 1 + n % 5 FROM numbers WHERE n < 60000;
INSERT INTO items SELECT n, 2, n * 19 % 1000, 1 + n % 3 FROM numbers WHERE n < 30000;

-- No index but the primary key.
CREATE TABLE visits (
  id INT PRIMARY KEY,
  customer_id INT NOT NULL,
  page VARCHAR(30) NOT NULL,
  seconds INT NOT NULL,
  agent VARCHAR(200) NOT NULL
);
INSERT INTO visits
SELECT n, n * 3 % 5000, CONCAT('/page/', n % 400), n % 600, REPEAT('agent ', 10 + n % 20)
FROM numbers WHERE n < 50000;

-- Two columns that go together, which the optimizer multiplies as if they did not.
CREATE TABLE parcels (
  id INT PRIMARY KEY,
  city INT NOT NULL,
  zip INT NOT NULL,
  weight INT,
  KEY parcels_city (city),
  KEY parcels_zip (zip)
);
INSERT INTO parcels SELECT n, n % 100, (n % 100) * 10, IF(n % 3, n % 70, NULL) FROM numbers WHERE n < 40000;

CREATE TABLE measures (
  id INT NOT NULL,
  taken INT NOT NULL,
  value INT NOT NULL,
  PRIMARY KEY (id, taken)
) PARTITION BY RANGE (taken) (
  PARTITION p0 VALUES LESS THAN (250), PARTITION p1 VALUES LESS THAN (500),
  PARTITION p2 VALUES LESS THAN (750), PARTITION p3 VALUES LESS THAN MAXVALUE
);
INSERT INTO measures SELECT n, n % 1000, n * 3 % 97 FROM numbers WHERE n < 20000;

CREATE TABLE empty_table (id INT PRIMARY KEY, name VARCHAR(10));
CREATE TABLE copies LIKE orders;
CREATE VIEW totals AS SELECT customer_id, SUM(total) AS spent, COUNT(*) AS n FROM orders GROUP BY customer_id;

ANALYZE TABLE regions, customers, orders, products, items, visits, parcels, measures;
