-- set: join_cache_level = 2
-- set: join_buffer_size = 8192
SELECT COUNT(*) FROM visits a JOIN visits b ON b.seconds < a.seconds AND b.id < 300 WHERE a.id < 300
