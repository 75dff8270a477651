-- versions: 11.8
SELECT id, weight FROM parcels WHERE city = 5 OR zip = 70
