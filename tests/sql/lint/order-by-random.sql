-- bad: postgres sqlite
SELECT id FROM products ORDER BY random() LIMIT 5;
-- bad: mysql mariadb
SELECT id FROM products ORDER BY RAND() LIMIT 5;
-- good: all
SELECT id FROM products WHERE id >= 4711 ORDER BY id LIMIT 5;
-- near: mysql mariadb
SELECT id FROM products WHERE shown < RAND() ORDER BY id;
-- near: all
SELECT id, random FROM products ORDER BY random LIMIT 5;
