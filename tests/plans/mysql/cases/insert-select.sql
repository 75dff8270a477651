-- analyze: no
INSERT INTO copies SELECT * FROM orders WHERE customer_id < 30
