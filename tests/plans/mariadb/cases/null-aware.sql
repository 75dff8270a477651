SELECT id FROM parcels WHERE id < 40 AND (weight, city) NOT IN (SELECT weight, zip FROM parcels WHERE id > 39000)
