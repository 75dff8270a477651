-- Deliberately bad queries over the sample shop that every server takes. Each is named, then says
-- what must come of it on which server: the kind of the best proposal, and its proof. `-` stands for
-- no promise: the server sees through the query by itself, or too little is gained for a promise that
-- holds on every machine. What is called proven is checked there all the same.

-- arithmetic around a key
-- sqlite: rewrite proven, postgres: -, mariadb: rewrite proven
SELECT id, status, total_cents FROM orders WHERE id + 1 <= 40;

-- a key that is multiplied
-- sqlite: rewrite proven, postgres: rewrite proven, mariadb: rewrite proven
SELECT id, kind FROM events WHERE id * 100 < 5000;

-- a constant minus the key
-- sqlite: rewrite proven, postgres: rewrite proven, mariadb: rewrite proven
SELECT id, rating, title FROM reviews WHERE 50 - id > 0;

-- arithmetic around a column with an index, beside another test
-- sqlite: rewrite proven, postgres: rewrite proven, mariadb: -
SELECT id, rating FROM reviews WHERE product_id + 0 = 17 AND rating >= 2;

-- COALESCE around a column with an index
-- sqlite: rewrite proven, postgres: -, mariadb: -
SELECT id FROM orders WHERE coalesce(status, '') = 'returned' AND id < 60000;

-- CASE in place of a condition
-- sqlite: rewrite proven, postgres: rewrite proven, mariadb: rewrite proven
SELECT id, total_cents FROM orders WHERE CASE WHEN id < 60 THEN 1 ELSE 0 END = 1;

-- rows of a key counted, to know whether there are some
-- sqlite: rewrite proven, postgres: -, mariadb: -
SELECT c.id, c.name FROM customers AS c
WHERE c.id <= 4 AND (SELECT count(*) FROM orders AS o WHERE o.customer_id = c.id) > 0;

-- rows counted, to know that there are none
-- sqlite: -, postgres: rewrite proven, mariadb: rewrite proven
SELECT c.id, c.name FROM customers AS c
WHERE c.id BETWEEN 30000 AND 30006 AND (SELECT count(*) FROM reviews AS r WHERE r.customer_id = c.id) = 0;

-- EXISTS without an index on what ties it
-- sqlite: -, postgres: -, mariadb: -
SELECT c.id, c.name FROM customers AS c
WHERE c.id BETWEEN 20000 AND 20040 AND EXISTS (SELECT 1 FROM reviews AS r WHERE r.customer_id = c.id);

-- NOT EXISTS without an index on what ties it
-- sqlite: -, postgres: -, mariadb: -
SELECT c.id, c.name FROM customers AS c
WHERE c.id BETWEEN 20000 AND 20040 AND NOT EXISTS (SELECT 1 FROM reviews AS r WHERE r.customer_id = c.id);

-- a sub-query that counts for each row
-- sqlite: -, postgres: rewrite proven, mariadb: rewrite proven
SELECT p.id, p.name, (SELECT count(*) FROM events AS e WHERE e.product_id = p.id) AS events
FROM products AS p WHERE p.category = 'Tea' AND p.id < 25;

-- a sub-query that sums for each row
-- sqlite: -, postgres: -, mariadb: -
SELECT c.id, (SELECT sum(o.total_cents) FROM orders AS o WHERE o.customer_id = c.id) AS cents
FROM customers AS c WHERE c.id < 10;

-- two sub-queries for each row
-- sqlite: -, postgres: -, mariadb: -
SELECT c.id, (SELECT max(o.ordered_at) FROM orders AS o WHERE o.customer_id = c.id) AS last,
  (SELECT count(*) FROM reviews AS r WHERE r.customer_id = c.id AND r.rating < 3) AS complaints
FROM customers AS c WHERE c.id BETWEEN 600 AND 612;

-- the dearest order of each customer
-- sqlite: -, postgres: -, mariadb: -
SELECT o.id, o.total_cents FROM orders AS o WHERE o.id < 8
  AND o.total_cents = (SELECT max(d.total_cents) FROM orders AS d WHERE d.customer_id = o.customer_id);

-- reviews that are better than the product's average
-- sqlite: rewrite proven, postgres: rewrite proven, mariadb: rewrite proven
SELECT r.id, r.rating FROM reviews AS r
WHERE r.rating > (SELECT avg(s.rating) FROM reviews AS s WHERE s.product_id = r.product_id)
  AND r.id < 2000;

-- a look-up for each row instead of a join
-- sqlite: -, postgres: -, mariadb: -
SELECT o.id, (SELECT c.name FROM customers AS c WHERE c.id = o.customer_id) AS customer FROM orders AS o WHERE o.id <= 25000;

-- OR between two tables
-- sqlite: -, postgres: rewrite proven, mariadb: -
SELECT o.id, c.name FROM orders AS o JOIN customers AS c ON c.id = o.customer_id
WHERE o.id < 50 OR c.email = 'yuki.suzuki10@mail.example' OR o.id = 600;

-- OR in the condition of a join
-- sqlite: -, postgres: -, mariadb: -
SELECT e.id, p.name FROM events AS e JOIN products AS p ON p.id = e.product_id OR p.sku = e.kind
WHERE e.id < 100;

-- rows counted across OR between two tables
-- sqlite: -, postgres: -, mariadb: -
SELECT count(*) FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE o.id < 50 OR c.id < 3;

-- UNION of parts that have nothing in common
-- sqlite: -, postgres: -, mariadb: -
SELECT 'order' AS kind, id, customer_id FROM orders WHERE id < 20000
UNION SELECT 'review', id, customer_id FROM reviews WHERE id < 20000;

-- UNION of two states of the same table
-- sqlite: -, postgres: -, mariadb: -
SELECT id, status, total_cents FROM orders WHERE status = 'paid'
UNION SELECT id, status, total_cents FROM orders WHERE status = 'returned';

-- DISTINCT over a join that only filters
-- sqlite: -, postgres: -, mariadb: -
SELECT DISTINCT c.id, c.name FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id WHERE o.id < 12000;

-- DISTINCT over three joined tables
-- sqlite: -, postgres: -, mariadb: rewrite proven
SELECT DISTINCT p.id, p.name FROM products AS p
JOIN order_items AS i ON i.product_id = p.id JOIN orders AS o ON o.id = i.order_id
WHERE o.id < 6000;

-- DISTINCT over a key
-- sqlite: -, postgres: -, mariadb: -
SELECT DISTINCT id, status, ordered_at, total_cents FROM orders WHERE id <= 30000;

-- a key counted without copies
-- sqlite: -, postgres: -, mariadb: -
SELECT kind, count(DISTINCT id) AS n FROM events GROUP BY kind;

-- HAVING for what WHERE could ask
-- sqlite: -, postgres: -, mariadb: -
SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING customer_id < 50;

-- a table joined with itself by its key
-- sqlite: -, postgres: -, mariadb: -
SELECT a.id, a.status, b.total_cents FROM orders AS a JOIN orders AS b ON b.id = a.id WHERE a.id <= 30000;

-- an outer join of which nothing is shown
-- sqlite: -, postgres: -, mariadb: -
SELECT o.id, o.total_cents FROM orders AS o LEFT JOIN customers AS c ON c.id = o.customer_id;

-- rows sorted to be grouped
-- sqlite: rewrite proven, postgres: rewrite proven, mariadb: -
SELECT country, count(*) AS n FROM (SELECT * FROM customers ORDER BY name) AS sorted GROUP BY country;

-- a late page
-- sqlite: -, postgres: -, mariadb: -
SELECT id, customer_id, status, total_cents FROM orders ORDER BY ordered_at LIMIT 50 OFFSET 39000;

-- NOT IN over a column that may be NULL
-- sqlite: -, postgres: -, mariadb: -
SELECT id, name FROM customers
WHERE id < 3000 AND id NOT IN (SELECT customer_id FROM events WHERE customer_id IS NOT NULL);

-- one customer's orders, without an index
-- sqlite: index planned, postgres: index planned, mariadb: index unproven
SELECT id, status, ordered_at, total_cents FROM orders WHERE customer_id = 4321;

-- a customer by his address, without an index
-- sqlite: index planned, postgres: index planned, mariadb: index unproven
SELECT id, name FROM customers WHERE email = 'nobody@post.example';

-- one product's lines, without an index
-- sqlite: index planned, postgres: index planned, mariadb: index unproven
SELECT order_id, quantity FROM order_items WHERE product_id = 3999;

-- text found by its end
-- sqlite: -, postgres: -, mariadb: -
SELECT id, name, email FROM customers WHERE email LIKE '%8@post.example';
