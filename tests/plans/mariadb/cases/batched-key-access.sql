-- set: join_cache_level = 8
-- set: optimizer_switch = 'mrr=on,mrr_cost_based=off,join_cache_bka=on'
SELECT COUNT(*), MAX(o.note) FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.region_id = 3
