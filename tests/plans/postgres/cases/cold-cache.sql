-- versions: 18
-- set: max_parallel_workers_per_gather = 0
-- options: BUFFERS
-- before: create extension if not exists pg_buffercache
-- before: select count(pg_buffercache_evict(bufferid)) from pg_buffercache where relfilenode = pg_relation_filenode('orders')
select sum(total) from orders;
