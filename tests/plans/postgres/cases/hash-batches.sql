-- versions: 14 18
-- set: work_mem = '256kB'
-- set: hash_mem_multiplier = 1
-- set: max_parallel_workers_per_gather = 0
-- set: enable_mergejoin = off
-- twin: text
select count(*) from orders o join customers c on c.id = o.customer_id;
