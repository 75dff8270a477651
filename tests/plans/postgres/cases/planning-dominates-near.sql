-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
select count(*) from events a join events b using (id, customer_id) where customer_id = 7;
