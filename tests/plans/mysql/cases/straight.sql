SELECT STRAIGHT_JOIN COUNT(*) FROM items i JOIN orders o ON o.id = i.order_id JOIN products p ON p.id = i.product_id WHERE p.price < 20 AND o.status = 'new'
