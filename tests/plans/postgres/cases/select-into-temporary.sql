-- versions: 15 18
-- before: create temporary table basket as select * from orders where id < 20000
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select status, count(*) from basket group by status;
