-- A condition with OR, of which only one half has an index.
-- Look at: SCAN products. One half without an index makes the other half's index useless.
-- Fix: CREATE INDEX products_by_stock ON products (stock); then MULTI-INDEX OR uses both, or write
-- two SELECTs with UNION.
SELECT id, name, category, stock
FROM products
WHERE category = 'Tea' OR stock = 0;
