-- bad: postgres sqlite
CREATE TABLE orders (id integer, "unit price" integer);
-- bad: mysql mariadb
CREATE TABLE `orders-2024` (id integer);
-- good: all
CREATE TABLE orders (id integer, unit_price integer);
-- near: postgres sqlite
CREATE TABLE "Orders" (id integer, "unitPrice" integer);
