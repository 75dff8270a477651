-- What the rules for tables find on a server, and nothing else: tables_test.cpp runs this and compares.
-- drop
DROP SCHEMA IF EXISTS lint_tables CASCADE;
-- create
CREATE SCHEMA lint_tables;
SET search_path = lint_tables;
-- finds nothing
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE, note varchar(20));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric(12, 2), temperature double precision, key text, größe int, doc jsonb, trace char(36), sha1 text, sha256 text, sha512 text);
CREATE INDEX orders_customer ON orders (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX orders_total ON orders (total);
CREATE INDEX orders_total_down ON orders (total DESC);
CREATE INDEX orders_total_some ON orders (total) WHERE total > 5;
CREATE INDEX orders_total_hash ON orders USING hash (total);
CREATE INDEX orders_lower ON orders (lower(key));
CREATE INDEX orders_upper ON orders (upper(key));
CREATE UNIQUE INDEX orders_total_id ON orders (id, total);
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE pair_notes (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES pairs (a, b));
CREATE INDEX pair_notes_b ON pair_notes (b, a, id);
CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (9);
CREATE TABLE cycled (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY (CYCLE));
SELECT setval('cycled_id_seq', 2100000000);
CREATE TEMPORARY TABLE passing (a int);
-- finds foreign-key-without-index invoices.invoices_customer_id_fkey
-- finds foreign-key-type-mismatch invoices.customer_id
CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id integer REFERENCES customers);
-- finds column-without-foreign-key reviews.customer_id
CREATE TABLE reviews (id bigint PRIMARY KEY, customer_id bigint, session_id bigint);
-- finds duplicate-foreign-key payments.payments_again
-- finds unvalidated-foreign-key payments.payments_again
CREATE TABLE payments (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT payments_a REFERENCES customers);
CREATE INDEX ON payments (customer_id);
ALTER TABLE payments ADD CONSTRAINT payments_again FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
-- finds duplicate-index twice.twice_again
-- finds duplicate-index twice.twice_key
-- finds redundant-index twice.twice_short
CREATE TABLE twice (id int PRIMARY KEY, a int, b int);
CREATE INDEX twice_a ON twice (a, b);
CREATE INDEX twice_again ON twice (a, b);
CREATE INDEX twice_short ON twice (a);
CREATE UNIQUE INDEX twice_key ON twice (id);
-- finds invalid-index broken.broken_a
CREATE TABLE broken (id int PRIMARY KEY, a int);
INSERT INTO broken VALUES (1, 1), (2, 1);
CREATE UNIQUE INDEX CONCURRENTLY broken_a ON broken (a); -- fails
-- finds float-for-money prices.unit_price
-- finds json-as-text prices.doc
-- finds numbered-columns prices.phone1
CREATE TABLE prices (id int PRIMARY KEY, unit_price real, doc json, phone1 text, phone2 text, phone3 text);
-- finds key-near-its-end counted.id
CREATE TABLE counted (id serial PRIMARY KEY);
SELECT setval('counted_id_seq', 2000000000);
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
-- finds name-needs-quotes Order "Items"
CREATE TABLE "Order ""Items""" (id int PRIMARY KEY);
-- finds name-needs-quotes words
CREATE TABLE words (id int PRIMARY KEY, "user" text);
-- finds table-without-primary-key keyless
CREATE TABLE keyless (a int, b text);
-- finds unlogged-table quick
CREATE UNLOGGED TABLE quick (id int PRIMARY KEY);
-- finds uuid-as-text uuids.id
CREATE TABLE uuids (id char(36) PRIMARY KEY);
