-- versions: 15 17
-- set: max_parallel_workers_per_gather = 0
-- twin: text
select count(*) from products p full join categories c on c.id = p.category_id where p.id is null or c.id is null;
