-- versions: 15 18
-- options: BUFFERS off
-- set: max_parallel_workers_per_gather = 0
select count(*)
from events a
join events b using (id, customer_id)
join events c using (id, customer_id)
join events d using (id, customer_id)
join events e using (id, customer_id)
join events f using (id, customer_id)
join events g using (id, customer_id)
join events h using (id, customer_id)
where customer_id = 7;
