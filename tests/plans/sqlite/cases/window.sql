SELECT id, rank() OVER (PARTITION BY region_id ORDER BY name) FROM customers
