SELECT id FROM customers WHERE region_id = 3 AND code = '77'
