-- bad: all
CREATE TABLE product_attributes (entity_id integer, attribute varchar(50), value text);
-- good: all
CREATE TABLE products (id integer, name varchar(50), price integer);
-- near: all
CREATE TABLE settings (user_id integer, name varchar(50), value text);
