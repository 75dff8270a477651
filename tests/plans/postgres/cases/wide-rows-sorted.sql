-- versions: 15 18
-- set: max_parallel_workers_per_gather = 0
-- set: enable_nestloop = off
-- set: enable_mergejoin = off
-- set: work_mem = '256MB'
select * from customers a join customers b using (id) join customers c using (id) join customers d using (id) join customers e using (id) order by a.email;
