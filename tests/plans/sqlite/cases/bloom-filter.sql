SELECT count(*) FROM visits v JOIN customers c ON c.id = v.customer_id JOIN regions r ON r.id = c.region_id WHERE r.name = 'region 3'
