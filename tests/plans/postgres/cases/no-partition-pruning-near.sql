-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_indexscan = off
-- set: enable_bitmapscan = off
select count(*) from events where at >= '2025-03-01 00:00+00' and at < '2025-04-01 00:00+00';
