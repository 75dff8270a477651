-- versions: 11.8
-- analyze: no
SELECT r.id, (SELECT COUNT(*) FROM customers c WHERE c.region_id = r.id AND c.id > (SELECT MIN(o.id) FROM orders o WHERE o.customer_id = c.id AND o.total > (SELECT MIN(i.quantity) FROM items i WHERE i.order_id = o.id AND i.quantity > (SELECT MIN(p.price) FROM products p WHERE p.id = i.product_id AND p.price < (SELECT MAX(v.seconds) FROM visits v WHERE v.id = p.id AND v.seconds > (SELECT MIN(m.value) FROM measures m WHERE m.id = v.id)))))) AS n FROM regions r
