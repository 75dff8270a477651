-- versions: 14 18
-- before: create index on shipments (weight)
-- before: create index on shipments (order_id)
-- before: analyze shipments
-- set: max_parallel_workers_per_gather = 0
-- set: enable_indexscan = off
select count(*) from shipments where weight = 17 and order_id between 1000 and 9000;
