-- versions: 14 18
-- options: TIMING OFF, BUFFERS
-- twin: text
with c as materialized (select * from customers where id < 900) select count(*) from c a join c b using (city);
