-- versions: 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_seqscan = off
-- set: enable_bitmapscan = off
-- set: track_io_timing = on
-- options: BUFFERS
-- before: create extension if not exists pg_buffercache
-- before: select count(pg_buffercache_evict(bufferid)) from pg_buffercache where relfilenode in (pg_relation_filenode('orders'), pg_relation_filenode('order_lines'))
select sum(total) from orders where customer_id < 5000 union all select sum(quantity) from order_lines;
