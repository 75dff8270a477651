-- versions: 14 18
-- set: enable_partitionwise_join = on
-- set: enable_partitionwise_aggregate = on
-- twin: text
select s.product_id, sum(s.pieces) from stock s join demand d using (product_id) group by s.product_id;
