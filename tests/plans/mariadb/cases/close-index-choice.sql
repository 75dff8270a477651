-- facts: yes
-- analyze: no
SELECT * FROM orders WHERE placed BETWEEN '2020-01-01' AND '2020-02-01' AND customer_id BETWEEN 10 AND 120
