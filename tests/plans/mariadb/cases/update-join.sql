-- analyze: no
UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.note = c.name WHERE c.region_id = 3
