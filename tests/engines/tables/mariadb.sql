-- What the rules for tables find on a server, and nothing else: tables_test.cpp runs this and compares.
-- drop
DROP DATABASE IF EXISTS mydba_lint_tables;
-- create
CREATE DATABASE mydba_lint_tables CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE mydba_lint_tables;
-- finds nothing
CREATE TABLE customers (id bigint unsigned PRIMARY KEY AUTO_INCREMENT, email varchar(99) UNIQUE, note text);
CREATE TABLE orders (ID bigint PRIMARY KEY, customer_id bigint unsigned, total decimal(12, 2), temperature double, größe int, doc json, trace char(36), code char(9) CHARACTER SET ascii, hash binary(16), FOREIGN KEY (customer_id) REFERENCES customers (id));
CREATE INDEX orders_total ON orders (total);
CREATE INDEX orders_note ON orders (trace(10));
CREATE INDEX orders_note_more ON orders (trace(20));
CREATE UNIQUE INDEX orders_code ON orders (code, total);
CREATE FULLTEXT INDEX customers_note ON customers (note);
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
CREATE VIEW shown AS SELECT 1 AS a;
-- finds column-without-foreign-key reviews.customer_id
CREATE TABLE reviews (id bigint PRIMARY KEY, customer_id bigint unsigned, session_id bigint);
-- finds duplicate-foreign-key payments.payments_b
CREATE TABLE payments (id bigint PRIMARY KEY, customer_id bigint unsigned, CONSTRAINT payments_a FOREIGN KEY (customer_id) REFERENCES customers (id), CONSTRAINT payments_b FOREIGN KEY (customer_id) REFERENCES customers (id));
-- finds duplicate-index twice.twice_again
-- finds duplicate-index twice.twice_key
-- finds redundant-index twice.twice_short
-- finds primary-key-in-index twice.twice_end
CREATE TABLE twice (id int PRIMARY KEY, a int, b int, c int);
CREATE INDEX twice_a ON twice (a, b);
CREATE INDEX twice_again ON twice (a, b);
CREATE INDEX twice_short ON twice (a);
CREATE INDEX twice_end ON twice (c, id);
CREATE UNIQUE INDEX twice_key ON twice (id);
-- finds float-for-money prices.unit_price
-- finds numbered-columns prices.phone1
CREATE TABLE prices (id int PRIMARY KEY, unit_price float unsigned, phone1 text, phone2 text, phone3 text);
-- finds key-near-its-end counted.id
CREATE TABLE counted (id int PRIMARY KEY AUTO_INCREMENT) AUTO_INCREMENT = 2000000000;
CREATE TABLE counted_further (id int unsigned PRIMARY KEY AUTO_INCREMENT) AUTO_INCREMENT = 2000000000;
-- finds many-columns wide
CREATE TABLE wide (id int PRIMARY KEY, caa int, cab int, cac int, cad int, cae int, caf int, cag int, cah int, cai int, caj int, cak int, cal int, cam int, can int, cao int, cap int, caq int, car int, cas int, cat int, cau int, cav int, caw int, cax int, cay int, caz int, cba int, cbb int, cbc int, cbd int, cbe int, cbf int, cbg int, cbh int, cbi int, cbj int, cbk int, cbl int, cbm int, cbn int, cbo int, cbp int, cbq int, cbr int, cbs int, cbt int, cbu int, cbv int, cbw int, cbx int, cby int, cbz int, cca int, ccb int, ccc int, ccd int, cce int, ccf int, ccg int, cch int);
-- finds many-indexes indexed
CREATE TABLE indexed (id int PRIMARY KEY, ca int, cb int, cc int, cd int, ce int, cf int, cg int, ch int, ci int, cj int);
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
-- finds mixed-collations other
CREATE TABLE other (id int PRIMARY KEY, name varchar(9)) COLLATE utf8mb4_general_ci;
CREATE TABLE other_numbers (id int PRIMARY KEY) COLLATE utf8mb4_general_ci;
-- finds mixed-collations mixed
CREATE TABLE mixed (id int PRIMARY KEY, name varchar(9), nick varchar(9) COLLATE utf8mb4_general_ci, code varchar(9) COLLATE utf8mb4_bin);
-- finds name-needs-quotes order`s
CREATE TABLE `order``s` (id int PRIMARY KEY);
CREATE TABLE words (id int PRIMARY KEY, `rank` int);
-- finds storage-without-transactions plain
CREATE TABLE plain (id int PRIMARY KEY) ENGINE = MyISAM;
-- finds table-without-primary-key keyless
CREATE TABLE keyless (a int, b text);
-- finds table-without-primary-key unique_only
CREATE TABLE unique_only (a int NOT NULL UNIQUE);
-- finds three-byte-charset narrow
CREATE TABLE narrow (id int PRIMARY KEY, name varchar(9) CHARACTER SET latin1 COLLATE latin1_bin);
-- finds uuid-as-text uuids.id
CREATE TABLE uuids (id char(36) PRIMARY KEY);
