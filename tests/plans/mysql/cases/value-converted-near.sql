-- facts: yes
SELECT id, name FROM customers WHERE code = '77'
