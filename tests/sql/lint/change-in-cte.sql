-- bad: postgres
WITH gone AS (DELETE FROM orders WHERE status = 'old' RETURNING id) SELECT count(*) FROM gone;
-- good: postgres
DELETE FROM orders WHERE status = 'old' RETURNING id;
-- near: postgres
WITH gone AS (DELETE FROM orders WHERE status = 'old' RETURNING id) INSERT INTO archive (id) SELECT id FROM gone;
