-- bad: postgres mysql mariadb sqlite
CREATE TABLE logins (id integer, ip varchar(15));
-- good: postgres
CREATE TABLE logins (id integer, ip inet);
-- near: all
CREATE TABLE logins (id integer, ip varchar(45), zip varchar(15));
