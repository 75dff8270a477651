-- bad: postgres mysql mariadb sqlite
SELECT id, name FROM customers UNION ALL SELECT id FROM suppliers;
-- good: all
SELECT id, name FROM customers UNION ALL SELECT id, name FROM suppliers;
-- near: all
SELECT * FROM customers UNION ALL SELECT id, name FROM suppliers;
