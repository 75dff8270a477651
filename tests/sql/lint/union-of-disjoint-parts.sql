-- bad: all
SELECT 'customer' AS kind, id FROM customers UNION SELECT 'supplier', id FROM suppliers;
-- good: all
SELECT 'customer' AS kind, id FROM customers UNION ALL SELECT 'supplier', id FROM suppliers;
-- near: all
SELECT name, id FROM customers UNION SELECT name, id FROM suppliers;
-- near: all
SELECT 'x' AS kind, id FROM customers UNION SELECT 'x', id FROM suppliers;
