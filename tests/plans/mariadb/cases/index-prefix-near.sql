-- versions: 11.8
-- facts: yes
SELECT c.id, o.id FROM customers c STRAIGHT_JOIN orders o FORCE INDEX (orders_customer_status) ON o.customer_id = c.id AND o.status = 'lost'
