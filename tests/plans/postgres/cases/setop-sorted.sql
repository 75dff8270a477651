-- versions: 16 18
-- set: enable_hashagg = off
-- twin: text
select product_id from order_lines where order_id < 2000 intersect select id from products;
