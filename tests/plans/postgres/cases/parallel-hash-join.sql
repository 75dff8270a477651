-- set: parallel_setup_cost = 0
-- set: parallel_tuple_cost = 0
-- options: BUFFERS, VERBOSE
-- twin: text
select p.category_id, sum(l.quantity) from order_lines l
join orders o on o.id = l.order_id join products p on p.id = l.product_id
group by p.category_id;
