-- facts: yes
-- runs: 6
SELECT id, page FROM visits WHERE customer_id = 77
