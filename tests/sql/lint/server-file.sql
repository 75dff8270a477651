-- bad: postgres
COPY orders TO '/tmp/orders.csv';
-- bad: mysql mariadb
SELECT id FROM orders WHERE id > 5 ORDER BY id INTO OUTFILE '/tmp/orders.csv';
-- good: postgres
COPY orders TO STDOUT;
-- near: all
SELECT id FROM orders WHERE path = '/tmp/orders.csv';
-- near: sqlite
VACUUM INTO 'backup.db';
-- near: sqlite
ATTACH DATABASE 'archive.db' AS archive;
