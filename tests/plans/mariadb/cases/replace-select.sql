-- analyze: no
REPLACE INTO regions SELECT id, name FROM customers WHERE id < 5
