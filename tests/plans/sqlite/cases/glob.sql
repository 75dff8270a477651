SELECT id FROM customers WHERE code GLOB '77*'
