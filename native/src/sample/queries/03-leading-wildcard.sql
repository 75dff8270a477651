-- Customers whose address ends with a domain.
-- Look at: SCAN customers. No index can find text by its end.
-- Fix: keep the domain in a column of its own (a generated one will do) with an index on it.
SELECT id, name, email
FROM customers
WHERE email LIKE '%@post.example';
