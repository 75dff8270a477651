-- versions: 14 16 18
-- set: max_parallel_workers_per_gather = 0
-- twin: text
with spent as materialized (
  select customer_id, sum(total) as total from orders group by customer_id
)
select a.customer_id from spent a join spent b on a.total = b.total and a.customer_id < b.customer_id
where a.customer_id < 300;
