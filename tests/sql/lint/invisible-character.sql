-- bad (refused): postgres mysql mariadb
SELECT id FROM orders;
-- fixed
SELECT id FROM orders;
-- bad (refused): postgres mysql mariadb
SELECT id​ FROM orders;
-- fixed
SELECT id FROM orders;
-- good: all
SELECT id FROM orders;
-- near: all
SELECT id FROM orders WHERE note = 'a b';
