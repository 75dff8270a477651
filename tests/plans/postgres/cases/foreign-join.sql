-- versions: 15 17
-- options: BUFFERS, VERBOSE
-- twin: text
select o.id, p.name from remote_orders o join remote_products p on p.id = o.id where o.id < 20;
