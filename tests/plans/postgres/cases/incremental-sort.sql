-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_seqscan = off
-- twin: text
select * from orders order by placed_at, total limit 2000;
