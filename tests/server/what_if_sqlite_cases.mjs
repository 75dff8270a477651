// A shop, and statements with the indexes that somebody might wish for them. Everything is
// computed, nothing is random.
const numbers = (count) =>
  `WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;

export const schema = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, city TEXT,
  country TEXT COLLATE NOCASE, vip INT NOT NULL, created TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer_id INT REFERENCES customers,
  status TEXT NOT NULL, placed TEXT NOT NULL, total INT NOT NULL, note TEXT);
CREATE INDEX orders_placed ON orders (placed);
CREATE TABLE items (order_id INT, line INT, product_id INT, quantity INT,
  PRIMARY KEY (order_id, line)) WITHOUT ROWID;
CREATE TABLE products (id INTEGER PRIMARY KEY, code TEXT, price REAL, category INT) STRICT;
CREATE TABLE boxes (width INT, height INT, area INT GENERATED ALWAYS AS (width * height) VIRTUAL,
  label TEXT GENERATED ALWAYS AS ('box ' || width) STORED);
CREATE VIRTUAL TABLE reviews USING fts5 (body);
CREATE VIEW spent AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id;
CREATE TRIGGER no_orphans AFTER DELETE ON customers
BEGIN DELETE FROM orders WHERE customer_id = old.id; END;
${numbers(4000)} INSERT INTO customers SELECT i, 'name ' || (i * 7 % 1500), 'user' || i || '@x.org',
  'city ' || (i % 60), CASE WHEN i % 10 < 7 THEN 'DE' ELSE 'c' || (i % 25) END, i % 50 = 0,
  date('2020-01-01', (i * 13 % 1500) || ' days') FROM n;
${numbers(20000)} INSERT INTO orders SELECT i, CASE WHEN i % 4 = 0 THEN i % 40 ELSE i * 7 % 4000 END,
  CASE WHEN i % 50 = 0 THEN 'new' WHEN i % 3 = 0 THEN 'sent' ELSE 'done' END,
  date('2020-01-01', (i * 17 % 1500) || ' days'), i * 31 % 1000,
  CASE WHEN i % 100 = 0 THEN 'call back' END FROM n;
${numbers(40000)} INSERT INTO items SELECT i / 2, i % 2, i * 11 % 700, 1 + i % 5 FROM n;
${numbers(700)} INSERT INTO products SELECT i, 'P' || i, i * 1.5, i % 20 FROM n;
${numbers(3000)} INSERT INTO boxes (width, height) SELECT i % 70, i % 110 FROM n;
INSERT INTO reviews (body) SELECT 'about ' || name FROM customers;
`;

const of = (sql, ...indexes) => ({ sql, indexes });

export const guessed = of(
  "SELECT * FROM orders WHERE customer_id = 5",
  "CREATE INDEX w ON orders (customer_id)",
);

export const cases = [
  guessed,
  of("SELECT * FROM orders WHERE status = 'done'", "CREATE INDEX w ON orders (status)"),
  of(
    "SELECT * FROM orders WHERE status = 'new' AND customer_id = 7",
    "CREATE INDEX w ON orders (status)",
    "CREATE INDEX w2 ON orders (customer_id)",
  ),
  of(
    "SELECT * FROM orders WHERE customer_id = 7 AND placed > '2022-01-01'",
    "CREATE INDEX w ON orders (customer_id, placed)",
  ),
  of(
    "SELECT * FROM orders WHERE placed > '2022-01-01' AND status = 'new'",
    "CREATE INDEX w ON orders (status, placed)",
  ),
  of("SELECT * FROM orders WHERE total BETWEEN 10 AND 20", "CREATE INDEX w ON orders (total)"),
  of(
    "SELECT id, total FROM orders WHERE customer_id = 9",
    "CREATE INDEX w ON orders (customer_id, total)",
  ),
  of(
    "SELECT * FROM orders WHERE customer_id = 9 ORDER BY placed DESC LIMIT 5",
    "CREATE INDEX w ON orders (customer_id, placed DESC)",
  ),
  of("SELECT * FROM orders ORDER BY total LIMIT 10", "CREATE INDEX w ON orders (total)"),
  of("SELECT status, count(*) FROM orders GROUP BY status", "CREATE INDEX w ON orders (status)"),
  of("SELECT DISTINCT customer_id FROM orders", "CREATE INDEX w ON orders (customer_id)"),
  of("SELECT min(total) FROM orders", "CREATE INDEX w ON orders (total)"),
  of(
    "SELECT * FROM orders WHERE note IS NOT NULL",
    "CREATE INDEX w ON orders (note) WHERE note IS NOT NULL",
  ),
  of(
    "SELECT * FROM orders WHERE status = 'new' ORDER BY total",
    "CREATE INDEX w ON orders (total) WHERE status = 'new'",
  ),
  of(
    "SELECT * FROM orders WHERE status = 'sent'",
    "CREATE INDEX w ON orders (status) WHERE total > 500",
  ),
  of("SELECT * FROM orders WHERE note IS NULL", "CREATE INDEX w ON orders (note)"),
  of("SELECT * FROM orders WHERE note = 'call back'", "CREATE INDEX w ON orders (note)"),
  of(
    "SELECT * FROM orders WHERE customer_id IN (1, 2, 3)",
    "CREATE INDEX w ON orders (customer_id)",
  ),
  of(
    "SELECT * FROM orders WHERE customer_id = 3 OR total = 4",
    "CREATE INDEX w ON orders (customer_id)",
    "CREATE INDEX w2 ON orders (total)",
  ),
  of(
    "SELECT * FROM orders WHERE customer_id = 3 OR total = 4",
    "CREATE INDEX w ON orders (customer_id)",
  ),
  of(
    "SELECT * FROM orders WHERE substr(placed, 1, 4) = '2021'",
    "CREATE INDEX w ON orders (substr(placed, 1, 4))",
  ),
  of("SELECT * FROM orders WHERE total * 2 = 84", "CREATE INDEX w ON orders (total * 2, status)"),
  of(
    "SELECT * FROM customers WHERE lower(email) = 'user7@x.org'",
    "CREATE INDEX w ON customers (lower(email))",
  ),
  of("SELECT * FROM customers WHERE country = 'de'", "CREATE INDEX w ON customers (country)"),
  of(
    "SELECT * FROM customers WHERE country = 'c3' AND city = 'city 3'",
    "CREATE INDEX w ON customers (country, city)",
    "CREATE INDEX w2 ON customers (city)",
  ),
  of(
    "SELECT * FROM customers WHERE name = 'NAME 70'",
    "CREATE INDEX w ON customers (name COLLATE NOCASE)",
  ),
  of(
    "SELECT * FROM customers WHERE name = 'NAME 70' COLLATE NOCASE",
    "CREATE INDEX w ON customers (name COLLATE NOCASE)",
  ),
  of("SELECT * FROM customers WHERE name LIKE 'name 1%'", "CREATE INDEX w ON customers (name)"),
  of("SELECT * FROM customers WHERE country LIKE 'c1%'", "CREATE INDEX w ON customers (country)"),
  of("SELECT * FROM customers WHERE name GLOB 'name 1*'", "CREATE INDEX w ON customers (name)"),
  of("SELECT * FROM customers WHERE vip = 1", "CREATE INDEX w ON customers (vip)"),
  of("SELECT * FROM customers WHERE email = ?", "CREATE UNIQUE INDEX w ON customers (email)"),
  of(
    "SELECT * FROM customers WHERE city = :city AND created > :day",
    "CREATE INDEX w ON customers (city, created)",
  ),
  of(
    "SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id " +
      "WHERE c.email = 'user7@x.org'",
    "CREATE INDEX w ON orders (customer_id)",
    "CREATE INDEX w2 ON customers (email)",
  ),
  of(
    "SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id " +
      "WHERE c.city = 'city 5' GROUP BY c.name",
    "CREATE INDEX w ON customers (city)",
  ),
  of(
    "SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id " +
      "WHERE c.city = 'city 5' GROUP BY c.name",
    "CREATE INDEX w ON customers (city)",
    "CREATE INDEX w2 ON orders (customer_id)",
  ),
  of(
    "SELECT p.code, sum(i.quantity) FROM products p JOIN items i ON i.product_id = p.id " +
      "WHERE p.category = 3 GROUP BY p.code",
    "CREATE INDEX w ON items (product_id)",
    "CREATE INDEX w2 ON products (category)",
  ),
  of(
    "SELECT * FROM items WHERE product_id = 5 AND quantity > 2",
    "CREATE INDEX w ON items (product_id, quantity)",
  ),
  of("SELECT order_id FROM items WHERE quantity = 3", "CREATE INDEX w ON items (quantity)"),
  of("SELECT * FROM products WHERE code = 'P7'", "CREATE UNIQUE INDEX w ON products (code)"),
  of(
    "SELECT * FROM products WHERE price > 100 ORDER BY price",
    "CREATE INDEX w ON products (price)",
  ),
  of("SELECT * FROM boxes WHERE area = 120", "CREATE INDEX w ON boxes (area)"),
  of("SELECT * FROM boxes WHERE label = 'box 7'", "CREATE INDEX w ON boxes (label, area)"),
  of(
    "SELECT * FROM customers c WHERE EXISTS " +
      "(SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 990)",
    "CREATE INDEX w ON orders (customer_id, total)",
  ),
  of(
    "SELECT * FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total = 5)",
    "CREATE INDEX w ON orders (total, customer_id)",
  ),
  of("SELECT * FROM spent WHERE customer_id = 8", "CREATE INDEX w ON orders (customer_id)"),
  of("DELETE FROM orders WHERE customer_id = 8", "CREATE INDEX w ON orders (customer_id)"),
  of(
    "DELETE FROM customers WHERE city = 'city 8'",
    "CREATE INDEX w ON customers (city)",
    "CREATE INDEX w2 ON orders (customer_id)",
  ),
  of(
    "UPDATE orders SET status = 'done' WHERE status = 'new' AND total < 10",
    "CREATE INDEX w ON orders (status, total)",
  ),
  of(
    "INSERT INTO orders (customer_id, status, placed, total) " +
      "SELECT id, 'new', '2024-01-01', 0 FROM customers WHERE city = 'city 1'",
    "CREATE INDEX w ON customers (city)",
  ),
  of(
    "SELECT customer_id FROM orders WHERE total = 1 UNION " +
      "SELECT id FROM customers WHERE name = 'name 7'",
    "CREATE INDEX w ON orders (total)",
    "CREATE INDEX w2 ON customers (name)",
  ),
  of(
    "WITH big AS (SELECT * FROM orders WHERE total > 990) " +
      "SELECT * FROM big JOIN customers ON customers.id = big.customer_id",
    "CREATE INDEX w ON orders (total)",
  ),
  of(
    "SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY placed) FROM orders",
    "CREATE INDEX w ON orders (customer_id, placed)",
  ),
  of(
    "SELECT * FROM reviews r JOIN customers c ON c.name = 'name 7' WHERE reviews MATCH 'about'",
    "CREATE INDEX w ON customers (name)",
  ),
  of(
    "SELECT * FROM customers WHERE created = '2021-05-05' AND vip = 1",
    "CREATE INDEX w ON customers (vip, created)",
    "CREATE INDEX w2 ON customers (created)",
  ),
  of(
    "SELECT * FROM orders WHERE placed = '2021-05-05' AND total > 5",
    "CREATE INDEX w ON orders (placed, total)",
  ),
];
