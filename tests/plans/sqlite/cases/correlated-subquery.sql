SELECT c.id, (SELECT max(v.seconds) FROM visits v WHERE v.customer_id = c.id) FROM customers c WHERE c.region_id = 3
