-- The shop whose plans are recorded (scripts/plans). Everything is computed, nothing is random.
CREATE TABLE regions (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, region_id INT NOT NULL, code TEXT NOT NULL);
CREATE INDEX customers_region ON customers (region_id);
CREATE INDEX customers_code ON customers (code);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INT NOT NULL, status TEXT NOT NULL, placed TEXT NOT NULL, total INT NOT NULL);
CREATE INDEX orders_customer_status ON orders (customer_id, status);
CREATE INDEX orders_placed ON orders (placed);
CREATE INDEX orders_new ON orders (placed) WHERE status = 'new';
CREATE TABLE visits (id INTEGER PRIMARY KEY, customer_id INT NOT NULL, page TEXT NOT NULL, seconds INT NOT NULL);
CREATE TABLE pairs (a INT NOT NULL, b INT NOT NULL, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE VIEW totals AS SELECT customer_id, sum(total) AS spent FROM orders GROUP BY customer_id;
CREATE VIRTUAL TABLE notes USING fts5 (body);

WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19)
INSERT INTO regions SELECT i, 'region ' || i FROM n;
WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
INSERT INTO customers SELECT i, 'customer ' || i, i % 20, '' || (i % 2500) FROM n;
WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 29999)
INSERT INTO orders SELECT i, i * 7 % 5000, CASE WHEN i % 20 = 0 THEN 'new' ELSE 'done' END, date('2020-01-01', (i * 13 % 1500) || ' days'), i * 31 % 1000 FROM n;
WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
INSERT INTO visits SELECT i, i * 3 % 5000, '/page/' || (i % 400), i % 600 FROM n;
ANALYZE;
