-- format: v1
-- analyze: no
SELECT id, sku FROM products WHERE MATCH(description) AGAINST('red') AND price < 40
