-- bad: postgres mysql mariadb sqlite
INSERT INTO customers (id, name) VALUES (1, 'Ann', 'France');
-- bad: all
INSERT INTO customers (id, name) SELECT id FROM people WHERE id > 5;
-- good: all
INSERT INTO customers (id, name) VALUES (1, 'Ann');
-- near: all
INSERT INTO customers (id, name) SELECT p.* FROM people p WHERE p.id > 5;
