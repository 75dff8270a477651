-- bad: mysql mariadb
SELECT id FROM users WHERE id = 1 AND SLEEP(5);
-- bad: postgres
SELECT pg_sleep(5);
-- good: all
SELECT id FROM users WHERE id = 1;
-- near: all
SELECT sleep, benchmark FROM runs;
