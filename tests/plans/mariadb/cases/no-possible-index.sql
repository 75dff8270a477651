-- versions: 11.8
-- set: join_cache_level = 0
SELECT r.name, v.page FROM regions r LEFT JOIN visits v ON v.seconds = r.id WHERE r.id < 3
