SELECT id, weight IN (SELECT region_id FROM customers WHERE id > 20) AS x FROM parcels WHERE id < 30
