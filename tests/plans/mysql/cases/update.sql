-- format: v1
-- analyze: no
UPDATE orders SET note = 'y' WHERE status = 'new' AND total < 20
