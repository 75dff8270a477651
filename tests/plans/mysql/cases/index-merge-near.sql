SELECT id, weight FROM parcels WHERE city = 5
