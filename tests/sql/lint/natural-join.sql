-- bad: all
SELECT name, total FROM customers NATURAL JOIN orders;
-- good: all
SELECT name, total FROM customers JOIN orders USING (customer_id);
-- near: all
SELECT "natural" FROM customers JOIN orders USING (customer_id);
