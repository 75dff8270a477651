-- versions: 14 17 18
-- set: max_parallel_workers_per_gather = 0
select v.page, count(*) from visits v join customers c on c.id = v.customer_id where v.customer_id = 7 group by v.page;
