-- versions: 14 16 18
-- set: work_mem = '256kB'
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select * from shipments order by carrier, weight;
