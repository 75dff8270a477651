-- bad: all
INSERT INTO customers VALUES (1, 'Ann', 'France');
-- bad: all
INSERT INTO archive SELECT id, total FROM orders WHERE total > 10;
-- good: all
INSERT INTO customers (id, name, country) VALUES (1, 'Ann', 'France');
-- near: mysql mariadb
INSERT INTO customers SET id = 1, name = 'Ann';
-- near: postgres sqlite
INSERT INTO customers DEFAULT VALUES;
