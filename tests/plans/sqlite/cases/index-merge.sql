SELECT id FROM customers WHERE region_id = 3 OR code = '77'
