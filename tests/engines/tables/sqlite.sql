-- What the rules for tables find on a server, and nothing else: tables_test.cpp runs this and compares.
-- drop
DROP TABLE IF EXISTS orders;
DROP TABLE IF EXISTS customers;
DROP TABLE IF EXISTS pair_notes;
DROP TABLE IF EXISTS pairs;
DROP TABLE IF EXISTS invoices;
DROP TABLE IF EXISTS reviews;
DROP TABLE IF EXISTS payments;
DROP TABLE IF EXISTS twice;
DROP TABLE IF EXISTS prices;
DROP TABLE IF EXISTS wide;
DROP TABLE IF EXISTS indexed;
DROP TABLE IF EXISTS "Order ""Items""";
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS keyless;
DROP TABLE IF EXISTS ghosts;
-- create
-- finds nothing
CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT UNIQUE, note VARCHAR(20));
CREATE TABLE orders (id INT PRIMARY KEY, customer_id BIGINT REFERENCES customers, total NUMERIC, temperature REAL, key TEXT, trace CHAR(36));
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_total ON orders (total);
CREATE INDEX orders_total_some ON orders (total) WHERE total > 5;
CREATE INDEX orders_key ON orders (key);
CREATE INDEX orders_key_nocase ON orders (key COLLATE NOCASE);
CREATE INDEX orders_lower ON orders (lower(key));
CREATE INDEX orders_upper ON orders (upper(key));
CREATE TABLE pairs (a INT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE pair_notes (id INTEGER PRIMARY KEY, a INT, b INT, FOREIGN KEY (a, b) REFERENCES pairs);
CREATE INDEX pair_notes_b ON pair_notes (b, a);
CREATE TABLE ghosts (id INTEGER PRIMARY KEY, ghost REFERENCES nowhere);
CREATE INDEX ghosts_ghost ON ghosts (ghost);
-- finds foreign-key-without-index invoices.FOREIGN KEY (customer_id)
-- finds foreign-key-type-mismatch invoices.customer_id
CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer_id TEXT REFERENCES customers);
-- finds column-without-foreign-key reviews.customer_id
CREATE TABLE reviews (id INTEGER PRIMARY KEY, customer_id INT, session_id INT);
-- finds duplicate-foreign-key payments.FOREIGN KEY (customer_id)
CREATE TABLE payments (id INTEGER PRIMARY KEY, customer_id INT REFERENCES customers REFERENCES customers);
CREATE INDEX payments_customer ON payments (customer_id);
-- finds duplicate-index twice.twice_again
-- finds redundant-index twice.twice_short
-- finds duplicate-index twice.twice_key
CREATE TABLE twice (id INTEGER PRIMARY KEY, a INT, b INT);
CREATE INDEX twice_a ON twice (a, b);
CREATE INDEX twice_again ON twice (a, b);
CREATE INDEX twice_short ON twice (a);
CREATE UNIQUE INDEX twice_key ON twice (id);
-- finds float-for-money prices.unit_price
-- finds numbered-columns prices.phone1
CREATE TABLE prices (id INTEGER PRIMARY KEY, unit_price REAL, phone1 TEXT, phone2 TEXT, phone3 TEXT);
-- finds many-columns wide
CREATE TABLE wide (id INTEGER PRIMARY KEY, caa int, cab int, cac int, cad int, cae int, caf int, cag int, cah int, cai int, caj int, cak int, cal int, cam int, can int, cao int, cap int, caq int, car int, cas int, cat int, cau int, cav int, caw int, cax int, cay int, caz int, cba int, cbb int, cbc int, cbd int, cbe int, cbf int, cbg int, cbh int, cbi int, cbj int, cbk int, cbl int, cbm int, cbn int, cbo int, cbp int, cbq int, cbr int, cbs int, cbt int, cbu int, cbv int, cbw int, cbx int, cby int, cbz int, cca int, ccb int, ccc int, ccd int, cce int, ccf int, ccg int, cch int);
-- finds many-indexes indexed
CREATE TABLE indexed (id INT PRIMARY KEY, ca int, cb int, cc int, cd int, ce int, cf int, cg int, ch int, ci int, cj int);
CREATE INDEX indexed_a ON indexed (ca);
CREATE INDEX indexed_b ON indexed (cb);
CREATE INDEX indexed_c ON indexed (cc);
CREATE INDEX indexed_d ON indexed (cd);
CREATE INDEX indexed_e ON indexed (ce);
CREATE INDEX indexed_f ON indexed (cf);
CREATE INDEX indexed_g ON indexed (cg);
CREATE INDEX indexed_h ON indexed (ch);
CREATE INDEX indexed_i ON indexed (ci);
CREATE INDEX indexed_j ON indexed (cj);
-- finds name-needs-quotes Order "Items"
CREATE TABLE "Order ""Items""" (id INTEGER PRIMARY KEY);
-- finds name-needs-quotes words
CREATE TABLE words (id INTEGER PRIMARY KEY, "order" TEXT);
-- finds table-without-primary-key keyless
CREATE TABLE keyless (a INT, b TEXT);
