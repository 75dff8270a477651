-- set: join_cache_level = 4
SELECT COUNT(*) FROM visits a JOIN visits b ON b.seconds = a.seconds WHERE a.id < 300 AND b.id < 3000
