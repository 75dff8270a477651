-- facts: yes
-- runs: 6
SELECT id, placed FROM orders WHERE customer_id = 77
