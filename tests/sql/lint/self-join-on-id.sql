-- bad: all
SELECT a.name, b.email FROM customers a JOIN customers b ON b.id = a.id;
-- good: all
SELECT name, email FROM customers;
-- near: all
SELECT a.name, b.name FROM staff a JOIN staff b ON b.id = a.manager_id;
-- near: all
SELECT a.name, b.total FROM customers a JOIN accounts b ON b.id = a.id;
