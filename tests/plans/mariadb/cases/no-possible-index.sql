-- versions: 11.8
SELECT c.name, v.page FROM customers c JOIN visits v ON v.customer_id = c.id WHERE c.region_id = 3 AND c.id < 2000
