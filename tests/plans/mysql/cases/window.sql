SELECT id, region_id, RANK() OVER (PARTITION BY region_id ORDER BY name) AS place FROM customers WHERE id < 400
