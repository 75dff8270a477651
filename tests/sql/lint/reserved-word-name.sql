-- bad: postgres sqlite
CREATE TABLE "order" (id integer PRIMARY KEY);
-- bad: mysql mariadb
CREATE TABLE orders (id integer PRIMARY KEY, `group` varchar(20));
-- good: all
CREATE TABLE orders (id integer PRIMARY KEY, grouping_name varchar(20));
-- near: postgres sqlite
CREATE TABLE orders (id integer PRIMARY KEY, "groups" varchar(20), "name" varchar(20));
