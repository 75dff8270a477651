-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_bitmapscan = off
-- set: enable_seqscan = off
select * from orders where customer_id between 1 and 40 and status = 'open';
