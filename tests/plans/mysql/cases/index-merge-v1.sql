-- format: v1
-- analyze: no
SELECT id, weight FROM parcels WHERE city = 5 OR zip = 70
