-- Upserts, returning, writing CTEs
INSERT INTO settings (tenant_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, name) DO UPDATE SET value = EXCLUDED.value, updated_at = now();
INSERT INTO tags (name) VALUES ('postgres'), ('backup') ON CONFLICT (name) DO NOTHING;
INSERT INTO page_views (page_id, day, views) VALUES (17, current_date, 1) ON CONFLICT (page_id, day) DO UPDATE SET views = page_views.views + 1 RETURNING views;
INSERT INTO users (email, display_name) VALUES ($1, $2) RETURNING id, created_at;
UPDATE jobs SET state = 'running', started_at = now(), worker = $1 WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND run_after <= now() ORDER BY priority DESC, id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id, payload;
DELETE FROM outbox WHERE id = ANY ($1) RETURNING id;
WITH moved AS (DELETE FROM events WHERE created_at < now() - interval '90 days' RETURNING id, kind, payload, created_at) INSERT INTO events_archive (id, kind, payload, created_at) SELECT id, kind, payload, created_at FROM moved;
UPDATE accounts SET balance = balance - $2 WHERE id = $1 AND balance >= $2 RETURNING balance;
INSERT INTO stock (product_id, warehouse_id, on_hand) SELECT p.id, w.id, 0 FROM products p CROSS JOIN warehouses w ON CONFLICT DO NOTHING;
UPDATE order_items oi SET unit_price = p.price FROM products p WHERE p.id = oi.product_id AND oi.order_id = $1;
DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND u.deactivated_at IS NOT NULL;
UPDATE customers SET (street, postcode, city) = ($2, $3, $4) WHERE id = $1;
MERGE INTO inventory i USING deliveries d ON i.sku = d.sku WHEN MATCHED THEN UPDATE SET on_hand = i.on_hand + d.quantity WHEN NOT MATCHED THEN INSERT (sku, on_hand) VALUES (d.sku, d.quantity);
WITH new_order AS (INSERT INTO orders (customer_id, placed_at) VALUES ($1, now()) RETURNING id) INSERT INTO order_items (order_id, product_id, quantity) SELECT n.id, t.product_id, t.quantity FROM new_order n, unnest($2::bigint[], $3::int[]) AS t (product_id, quantity);
INSERT INTO measurements (device_id, taken_at, value) SELECT 12, ts, random() * 10 FROM generate_series('2024-01-01'::timestamptz, '2024-01-02'::timestamptz, interval '5 minutes') AS ts;
INSERT INTO tickets (queue_id, subject, opened_at) VALUES ($1, $2, DEFAULT);
UPDATE profiles SET preferences = jsonb_set(preferences, '{theme}', '"dark"') WHERE user_id = $1;
UPDATE documents SET tags = array_append(tags, 'reviewed') WHERE id = 400 AND NOT tags @> ARRAY['reviewed'];
UPDATE contacts SET phone = regexp_replace(phone, '[^0-9+]', '', 'g') WHERE phone ~ '[^0-9+]';
INSERT INTO audit (table_name, row_id, old_row, new_row, changed_by) VALUES ('orders', 5, '{"status":"open"}'::jsonb, '{"status":"paid"}'::jsonb, current_user);
UPDATE leases SET expires_at = now() + interval '30 seconds' WHERE name = $1 AND owner = $2;
INSERT INTO leases (name, owner, expires_at) VALUES ($1, $2, now() + interval '30 seconds') ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner, expires_at = EXCLUDED.expires_at WHERE leases.expires_at < now();
DELETE FROM duplicates a USING duplicates b WHERE a.email = b.email AND a.id > b.id;
UPDATE employees e SET salary = e.salary * 1.02 FROM departments d WHERE d.id = e.department_id AND d.name = 'Support' AND e.left_on IS NULL;
WITH ranked AS (SELECT id, row_number() OVER (PARTITION BY album_id ORDER BY disc, track) AS n FROM tracks) UPDATE tracks t SET position = r.n FROM ranked r WHERE r.id = t.id;

-- JSON
SELECT id, payload->>'type' AS type, payload->'customer'->>'id' AS customer FROM webhooks WHERE payload @> '{"type": "invoice.paid"}' ORDER BY received_at DESC LIMIT 50;
SELECT e.id, item->>'sku' AS sku, (item->>'quantity')::int AS quantity FROM events e CROSS JOIN LATERAL jsonb_array_elements(e.payload->'items') AS item WHERE e.kind = 'order.created';
SELECT key, count(*) FROM products, jsonb_each_text(attributes) GROUP BY key ORDER BY count(*) DESC;
SELECT jsonb_build_object('id', o.id, 'total', o.total, 'lines', jsonb_agg(jsonb_build_object('sku', p.sku, 'quantity', oi.quantity) ORDER BY p.sku)) FROM orders o JOIN order_items oi ON oi.order_id = o.id JOIN products p ON p.id = oi.product_id WHERE o.id = $1 GROUP BY o.id, o.total;
SELECT id FROM devices WHERE metadata ? 'firmware' AND (metadata->>'firmware') < '2.4';
SELECT id, jsonb_path_query_array(payload, '$.items[*] ? (@.price > 100)') AS expensive FROM orders_raw WHERE jsonb_path_exists(payload, '$.items[*] ? (@.price > 100)');
SELECT attributes #>> '{dimensions,height}' AS height FROM products WHERE id = 9;
SELECT to_jsonb(u) - 'password_hash' FROM users u WHERE u.id = $1;
SELECT row_to_json(t) FROM (SELECT id, name, price FROM products WHERE category_id = 3 ORDER BY name) t;
SELECT json_object_agg(name, value) FROM settings WHERE tenant_id = 5;
SELECT x.id, x.name FROM jsonb_to_recordset($1::jsonb) AS x (id int, name text);
SELECT f.id FROM forms f WHERE jsonb_typeof(f.answers) = 'object' AND jsonb_array_length(f.answers->'choices') > 2;
UPDATE carts SET data = data || jsonb_build_object('coupon', $2::text) WHERE id = $1;
UPDATE users SET flags = flags - 'beta' WHERE flags ? 'beta';

-- Arrays, ranges, composite
SELECT id, title FROM articles WHERE tags @> ARRAY['databases', 'sql'] ORDER BY published_at DESC;
SELECT id FROM articles WHERE tags && ARRAY['news', 'sport']::text[];
SELECT unnest(tags) AS tag, count(*) AS uses FROM articles GROUP BY tag ORDER BY uses DESC LIMIT 20;
SELECT id, array_length(tags, 1) AS n FROM articles WHERE cardinality(tags) > 5;
SELECT room_id, array_agg(guest_name ORDER BY arrives_on) AS guests FROM stays GROUP BY room_id;
SELECT id, name FROM products WHERE id = ANY ($1::bigint[]) ORDER BY array_position($1::bigint[], id);
SELECT room_id FROM bookings WHERE during && tstzrange('2024-05-01 10:00+00', '2024-05-01 12:00+00');
SELECT lower(during) AS starts, upper(during) AS ends FROM bookings WHERE room_id = 4 AND during @> now();
SELECT b.id, b.matrix[2][1] FROM boards b WHERE b.matrix[1:1] IS NOT NULL;
SELECT t.ord, t.word FROM unnest(string_to_array('to be or not', ' ')) WITH ORDINALITY AS t (word, ord);
INSERT INTO polls (question, options) VALUES ('Where to?', ARRAY['sea', 'mountains', 'city']);
UPDATE polls SET options = options[1:2] WHERE id = 3;
SELECT p.name, r.slot FROM people p JOIN rota r ON r.person_id = p.id WHERE r.slot <@ daterange('2024-07-01', '2024-08-01');
SELECT (address).city, count(*) FROM customers GROUP BY (address).city;

-- Aggregates, windows, grouping sets
SELECT date_trunc('month', placed_at) AS month, count(*) AS orders, sum(total) AS revenue FROM orders WHERE placed_at >= now() - interval '1 year' GROUP BY 1 ORDER BY 1;
SELECT count(*) FILTER (WHERE status = 'paid') AS paid, count(*) FILTER (WHERE status = 'open') AS open FROM invoices WHERE issued_on >= date '2024-01-01';
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS median, percentile_cont(0.99) WITHIN GROUP (ORDER BY duration_ms) AS p99 FROM requests WHERE route = '/checkout' AND at > now() - interval '1 hour';
SELECT region, product, sum(amount) FROM sales GROUP BY GROUPING SETS ((region, product), (region), ()) ORDER BY region, product;
SELECT year, quarter, sum(amount) AS total FROM sales GROUP BY ROLLUP (year, quarter);
SELECT region, channel, grouping(region, channel) AS level, sum(amount) FROM sales GROUP BY CUBE (region, channel);
SELECT DISTINCT ON (customer_id) customer_id, id, placed_at, total FROM orders ORDER BY customer_id, placed_at DESC;
SELECT string_agg(name, ', ' ORDER BY name) FROM members WHERE team_id = 4;
SELECT id, total, sum(total) OVER w AS running, avg(total) OVER w AS mean FROM orders WHERE customer_id = 12 WINDOW w AS (ORDER BY placed_at);
SELECT ticker, traded_on, close, avg(close) OVER (PARTITION BY ticker ORDER BY traded_on ROWS BETWEEN 19 PRECEDING AND CURRENT ROW) AS sma20 FROM quotes WHERE traded_on >= '2024-01-01' ORDER BY ticker, traded_on;
SELECT user_id, count(*) AS sessions, max(ended_at - started_at) AS longest FROM sessions GROUP BY user_id HAVING count(*) > 10;
SELECT width_bucket(age, 0, 100, 10) AS bucket, count(*) FROM patients GROUP BY bucket ORDER BY bucket;
SELECT mode() WITHIN GROUP (ORDER BY shoe_size) FROM customers WHERE shoe_size IS NOT NULL;
SELECT d.day, count(o.id) AS orders FROM generate_series(date '2024-11-01', date '2024-11-30', interval '1 day') AS d (day) LEFT JOIN orders o ON o.placed_at >= d.day AND o.placed_at < d.day + interval '1 day' GROUP BY d.day ORDER BY d.day;
WITH s AS (SELECT user_id, at, at - lag(at) OVER (PARTITION BY user_id ORDER BY at) > interval '30 minutes' AS is_new FROM clicks), g AS (SELECT user_id, at, count(*) FILTER (WHERE is_new) OVER (PARTITION BY user_id ORDER BY at) AS session_no FROM s) SELECT user_id, session_no, min(at) AS started, max(at) AS ended, count(*) AS clicks FROM g GROUP BY user_id, session_no;
SELECT corr(temperature, consumption) AS r, regr_slope(consumption, temperature) AS slope FROM daily_energy WHERE day >= '2023-01-01';
SELECT bool_and(passed) AS all_passed, every(score > 10) AS above FROM results WHERE exam_id = 9;
SELECT extract(dow FROM created_at) AS weekday, count(*) FROM tickets WHERE created_at > now() - interval '28 days' GROUP BY weekday ORDER BY weekday;
SELECT to_char(sum(amount), 'FM999G999D00') AS total FROM donations WHERE campaign_id = 2;
SELECT a.id, a.name, last.placed_at, last.total FROM accounts a LEFT JOIN LATERAL (SELECT o.placed_at, o.total FROM orders o WHERE o.account_id = a.id ORDER BY o.placed_at DESC LIMIT 1) last ON true ORDER BY a.name;
SELECT count(DISTINCT (customer_id, product_id)) FROM purchases;
SELECT id, rank() OVER (PARTITION BY league ORDER BY points DESC, goals DESC) FROM standings WHERE season = '2024/25';

-- Recursion and trees
WITH RECURSIVE tree AS (SELECT id, parent_id, name, ARRAY[id] AS path FROM categories WHERE parent_id IS NULL UNION ALL SELECT c.id, c.parent_id, c.name, t.path || c.id FROM categories c JOIN tree t ON c.parent_id = t.id WHERE NOT c.id = ANY (t.path)) SELECT id, name, path FROM tree ORDER BY path;
WITH RECURSIVE bom AS (SELECT part_id, component_id, quantity FROM components WHERE part_id = 1 UNION ALL SELECT c.part_id, c.component_id, c.quantity * b.quantity FROM components c JOIN bom b ON c.part_id = b.component_id) SELECT component_id, sum(quantity) FROM bom GROUP BY component_id;
WITH RECURSIVE months AS (SELECT date '2024-01-01' AS m UNION ALL SELECT (m + interval '1 month')::date FROM months WHERE m < date '2024-12-01') SELECT m FROM months;
SELECT id, name FROM regions WHERE path <@ 'world.europe.iberia' ORDER BY path;
SELECT subpath(path, 0, 2) AS top, count(*) FROM regions GROUP BY subpath(path, 0, 2);

-- Full text and fuzzy search
SELECT id, title, ts_rank(search, query) AS rank FROM articles, websearch_to_tsquery('english', $1) AS query WHERE search @@ query ORDER BY rank DESC LIMIT 20;
SELECT id, ts_headline('english', body, plainto_tsquery('english', 'vacuum freeze')) FROM articles WHERE search @@ plainto_tsquery('english', 'vacuum freeze') ORDER BY id;
SELECT name, similarity(name, 'Jonh Smiht') AS sml FROM people WHERE name % 'Jonh Smiht' ORDER BY sml DESC LIMIT 5;
SELECT id, name FROM companies WHERE name ILIKE 'acme%' ORDER BY name;
UPDATE articles SET search = setweight(to_tsvector('english', coalesce(title, '')), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B') WHERE id = $1;
SELECT id, embedding <-> $1 AS distance FROM chunks ORDER BY embedding <-> $1 LIMIT 10;
SELECT name, ST_Distance(location, ST_MakePoint(-9.14, 38.71)::geography) AS metres FROM shops WHERE ST_DWithin(location, ST_MakePoint(-9.14, 38.71)::geography, 2000) ORDER BY metres;

-- Dates, casts, text
SELECT id, created_at AT TIME ZONE 'Europe/Lisbon' AS local FROM bookings WHERE created_at >= timestamptz '2024-06-01 00:00+01' AND created_at < timestamptz '2024-06-02 00:00+01';
SELECT age(current_date, birth_date) FROM members WHERE id = 7;
SELECT id, ends_on - starts_on AS nights FROM stays WHERE ends_on - starts_on > 7;
SELECT now()::date, current_date + 7, localtimestamp;
SELECT format('%s <%s>', name, email) FROM users WHERE id = $1;
SELECT split_part(email, '@', 2) AS domain, count(*) FROM users GROUP BY domain ORDER BY count(*) DESC LIMIT 10;
SELECT id FROM tokens WHERE digest = decode($1, 'hex') AND expires_at > now();
SELECT coalesce(nullif(trim(middle_name), ''), '-') FROM people WHERE family_name = 'Abe';
SELECT regexp_matches(line, '(\d+) ms') FROM log_lines WHERE level = 'WARN' ORDER BY at DESC LIMIT 100;
SELECT id, md5(body) FROM attachments WHERE message_id = 12;
SELECT greatest(a.updated_at, b.updated_at) FROM a JOIN b USING (id) WHERE a.id = 3;
SELECT o.id FROM orders o WHERE o.placed_at::date = current_date AND o.status = 'open';
SELECT (random() * 100)::int;
SELECT gen_random_uuid();
SELECT nextval('invoice_number_seq');
SELECT E'line one\nline two', $$it's fine$$;
SELECT id, name FROM customers WHERE (country_code, postcode) = ('PT', '1100-148');
SELECT id, created_at FROM events WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT 50;
SELECT id FROM users WHERE email IS NOT DISTINCT FROM $1;
SELECT u.id FROM users u WHERE u.manager_id IS DISTINCT FROM 4 AND u.team_id = 2;
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname;
SELECT id, title FROM films ORDER BY released_on DESC NULLS LAST, title OFFSET 20 FETCH NEXT 10 ROWS ONLY;
SELECT id FROM big_table TABLESAMPLE SYSTEM (1);
VALUES (1, 'one'), (2, 'two');
TABLE countries;
SELECT v.code, v.label FROM (VALUES ('a', 'Active'), ('p', 'Paused')) AS v (code, label);

-- Locks, transactions, cursors, prepared statements
BEGIN ISOLATION LEVEL SERIALIZABLE;
START TRANSACTION READ ONLY;
SET LOCAL statement_timeout = '5s';
SET search_path TO app, public;
SELECT id, seats_left FROM trips WHERE id = $1 FOR UPDATE;
SELECT id FROM wallets WHERE user_id = $1 FOR NO KEY UPDATE NOWAIT;
LOCK TABLE price_lists IN SHARE ROW EXCLUSIVE MODE;
SELECT pg_advisory_xact_lock(hashtext('nightly-report'));
SELECT pg_try_advisory_lock(42);
DECLARE export CURSOR FOR SELECT id, email FROM users ORDER BY id;
FETCH FORWARD 500 FROM export;
CLOSE export;
PREPARE by_sku (text) AS SELECT id, name FROM products WHERE sku = $1;
EXECUTE by_sku ('A-100');
DEALLOCATE by_sku;
LISTEN orders_changed;
NOTIFY orders_changed, '77123';
SELECT pg_notify('cache', json_build_object('key', 'menu')::text);
COMMIT AND CHAIN;
PREPARE TRANSACTION 'transfer-118';
COMMIT PREPARED 'transfer-118';
SET CONSTRAINTS ALL DEFERRED;
RESET work_mem;
SHOW server_version;
DISCARD ALL;

-- Definitions
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  attributes jsonb NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE measurements (device_id bigint NOT NULL, taken_at timestamptz NOT NULL, value double precision) PARTITION BY RANGE (taken_at);
CREATE TABLE measurements_2024_11 PARTITION OF measurements FOR VALUES FROM ('2024-11-01') TO ('2024-12-01');
CREATE TABLE bookings (id bigserial PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, during tstzrange NOT NULL, EXCLUDE USING gist (room_id WITH =, during WITH &&));
CREATE TABLE order_lines (order_id bigint REFERENCES orders ON DELETE CASCADE, line_no smallint, net numeric(12, 2) NOT NULL, tax numeric(12, 2) NOT NULL, gross numeric(12, 2) GENERATED ALWAYS AS (net + tax) STORED, PRIMARY KEY (order_id, line_no));
CREATE UNLOGGED TABLE import_rows (line_no int, raw text);
CREATE TEMPORARY TABLE wanted (id bigint PRIMARY KEY) ON COMMIT DROP;
CREATE TABLE orders_copy (LIKE orders INCLUDING ALL);
CREATE INDEX CONCURRENTLY idx_orders_open ON orders (placed_at) WHERE status = 'open';
CREATE INDEX ON articles USING gin (search);
CREATE INDEX idx_users_lower_email ON users (lower(email));
CREATE UNIQUE INDEX one_default_address ON addresses (customer_id) WHERE is_default;
CREATE INDEX idx_events_created ON events USING brin (created_at) WITH (pages_per_range = 64);
CREATE INDEX idx_payload ON webhooks USING gin (payload jsonb_path_ops);
CREATE INDEX idx_orders_cover ON orders (customer_id) INCLUDE (total, status);
DROP INDEX CONCURRENTLY IF EXISTS idx_orders_old;
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
ALTER TABLE users ADD COLUMN IF NOT EXISTS last_seen_at timestamptz;
ALTER TABLE users ALTER COLUMN display_name SET NOT NULL;
ALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2) USING price::numeric(12, 2);
ALTER TABLE measurements DETACH PARTITION measurements_2023_01 CONCURRENTLY;
ALTER TABLE invoices ADD CONSTRAINT positive_total CHECK (total >= 0);
ALTER TABLE sessions SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'on_hold' AFTER 'paid';
ALTER SEQUENCE invoice_number_seq RESTART WITH 100000;
ALTER TABLE users DROP COLUMN legacy_id;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON documents USING (tenant_id = current_setting('app.tenant')::int);
CREATE TYPE order_status AS ENUM ('open', 'paid', 'shipped', 'cancelled');
CREATE TYPE address AS (street text, postcode text, city text);
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE SCHEMA IF NOT EXISTS reporting AUTHORIZATION analyst;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SEQUENCE ticket_no START 1000 INCREMENT 1 CACHE 20;
CREATE MATERIALIZED VIEW daily_revenue AS SELECT placed_at::date AS day, sum(total) AS revenue FROM orders GROUP BY placed_at::date WITH NO DATA;
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_revenue;
CREATE OR REPLACE VIEW active_users AS SELECT id, email, last_seen_at FROM users WHERE deactivated_at IS NULL;
CREATE OR REPLACE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE OR REPLACE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT coalesce(sum(quantity * unit_price), 0) FROM order_items WHERE order_items.order_id = order_total.order_id $$;
CREATE PROCEDURE archive_orders(before date) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders WHERE placed_at < before AND status = 'closed'; COMMIT; END $$;
CALL archive_orders('2022-01-01');
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'reader') THEN CREATE ROLE reader; END IF; END $$;
COMMENT ON COLUMN orders.total IS 'Gross, in the currency of the order';
GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO analyst;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT, UPDATE ON TABLES TO app_writer;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE ROLE app_reader NOLOGIN;
GRANT app_reader TO ann;
DROP ROLE IF EXISTS old_batch;
CREATE PUBLICATION orders_pub FOR TABLE orders, order_items;
CREATE STATISTICS st_city_postcode (dependencies) ON city, postcode FROM addresses;
DROP TABLE IF EXISTS import_rows, wanted;
DROP FUNCTION IF EXISTS order_total(bigint);
CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE CAST (text AS order_status) WITH INOUT AS ASSIGNMENT;
CREATE RULE no_delete AS ON DELETE TO ledger DO INSTEAD NOTHING;
CREATE FOREIGN TABLE legacy_orders (id int, total numeric) SERVER legacy OPTIONS (table_name 'orders');
IMPORT FOREIGN SCHEMA public LIMIT TO (customers) FROM SERVER legacy INTO staging;

-- Administration and monitoring
VACUUM (ANALYZE, VERBOSE) orders;
ANALYZE customers (country_code, city);
REINDEX INDEX CONCURRENTLY idx_orders_customer;
CLUSTER events USING idx_events_created;
EXPLAIN (ANALYZE, BUFFERS) SELECT id FROM orders WHERE customer_id = 12 AND placed_at > now() - interval '30 days';
SELECT pid, usename, state, wait_event_type, wait_event, now() - query_start AS running, left(query, 80) AS query FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid() ORDER BY query_start;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND state_change < now() - interval '1 hour';
SELECT relname, n_live_tup, n_dead_tup, last_autovacuum FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 20;
SELECT schemaname, relname, indexrelname, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)) AS size FROM pg_stat_user_indexes WHERE idx_scan = 0 ORDER BY pg_relation_size(indexrelid) DESC;
SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database WHERE NOT datistemplate ORDER BY pg_database_size(datname) DESC;
SELECT query, calls, total_exec_time, mean_exec_time, rows FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10;
SELECT blocked.pid, blocking.pid AS blocked_by, blocked.query FROM pg_stat_activity blocked JOIN pg_stat_activity blocking ON blocking.pid = ANY (pg_blocking_pids(blocked.pid));
SELECT n.nspname, c.relname, pg_total_relation_size(c.oid) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY bytes DESC LIMIT 25;
SELECT conrelid::regclass AS table_name, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conrelid::regclass::text, conname;
SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'orders' ORDER BY ordinal_position;
SELECT client_addr, state, sent_lsn, replay_lsn, pg_wal_lsn_diff(sent_lsn, replay_lsn) AS lag_bytes FROM pg_stat_replication;
SELECT slot_name, active, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) AS retained FROM pg_replication_slots;
SELECT max(age(datfrozenxid)) FROM pg_database;
SELECT name, setting, unit, source FROM pg_settings WHERE name IN ('shared_buffers', 'work_mem', 'max_connections');
SELECT sum(blks_hit) * 100.0 / nullif(sum(blks_hit + blks_read), 0) AS hit_ratio FROM pg_stat_database;
SELECT l.locktype, l.mode, l.granted, c.relname FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation WHERE l.pid = $1;
SELECT pg_cancel_backend($1);
SELECT pg_reload_conf();
ALTER SYSTEM SET log_min_duration_statement = '250ms';
CHECKPOINT;
SELECT pg_stat_statements_reset();
COPY (SELECT id, email, created_at FROM users WHERE created_at >= '2024-01-01') TO STDOUT WITH (FORMAT csv, HEADER);
SELECT setval('orders_id_seq', (SELECT max(id) FROM orders));
SELECT has_table_privilege('analyst', 'reporting.daily_revenue', 'SELECT');

-- More of applications
SELECT t.id, t.name FROM tenants t WHERE t.plan = 'pro' AND t.trial_ends_at BETWEEN now() AND now() + interval '3 days';
SELECT n.id, n.body, n.created_at FROM notes n WHERE n.patient_id = $1 AND n.created_at > now() - make_interval(days => $2) ORDER BY n.created_at DESC;
SELECT r.id, r.name, count(*) OVER () AS all_rows FROM recipes r WHERE r.cuisine = $1 ORDER BY r.name LIMIT $2 OFFSET $3;
SELECT exists(SELECT 1 FROM blocks WHERE blocker_id = $1 AND blocked_id = $2);
SELECT m.id, m.body, s.name FROM messages m JOIN users s ON s.id = m.sender_id WHERE m.channel_id = $1 AND m.id > $2 ORDER BY m.id LIMIT 100;
SELECT c.id, c.title, coalesce(u.count, 0) AS unread FROM channels c JOIN memberships mb ON mb.channel_id = c.id AND mb.user_id = $1 LEFT JOIN LATERAL (SELECT count(*) AS count FROM messages m WHERE m.channel_id = c.id AND m.id > mb.last_read_id) u ON true ORDER BY c.title;
SELECT followee_id FROM follows WHERE follower_id = $1 INTERSECT SELECT follower_id FROM follows WHERE followee_id = $1;
SELECT p.id, p.caption, p.created_at FROM photos p WHERE p.owner_id IN (SELECT f.followee_id FROM follows f WHERE f.follower_id = $1) AND p.deleted_at IS NULL ORDER BY p.created_at DESC, p.id DESC LIMIT 30;
SELECT date_bin('15 minutes', at, timestamp '2024-01-01') AS slot, avg(load) AS load FROM host_metrics WHERE host = 'web-3' AND at >= now() - interval '6 hours' GROUP BY slot ORDER BY slot;
SELECT v.vin, v.model, s.due_km - v.km AS km_left FROM vehicles v JOIN services s ON s.vehicle_id = v.id AND s.done_on IS NULL WHERE s.due_km - v.km < 1000 ORDER BY km_left;
SELECT cl.id, cl.claimed_amount, cl.state FROM claims cl JOIN policies p ON p.id = cl.policy_id WHERE p.number = $1 AND cl.state = ANY ('{open,review}') ORDER BY cl.reported_on;
SELECT pr.id, pr.number, coalesce(sum(ps.amount), 0) AS paid FROM premiums pr LEFT JOIN premium_payments ps ON ps.premium_id = pr.id GROUP BY pr.id HAVING coalesce(sum(ps.amount), 0) < pr.amount;
SELECT w.word, count(*) AS uses FROM documents d, LATERAL regexp_split_to_table(lower(d.body), '\W+') AS w (word) WHERE d.corpus_id = 3 GROUP BY w.word ORDER BY uses DESC LIMIT 100;
SELECT s.id, s.started_at, s.ended_at FROM sleep_phases s WHERE s.user_id = $1 AND (s.started_at, s.ended_at) OVERLAPS (timestamptz '2024-03-01 22:00+00', timestamptz '2024-03-02 08:00+00');
SELECT crew.name, string_agg(DISTINCT films.title, '; ' ORDER BY films.title) FROM crew JOIN credits ON credits.crew_id = crew.id JOIN films ON films.id = credits.film_id WHERE credits.job = 'editor' GROUP BY crew.id, crew.name;
SELECT id, state, xmin FROM orders WHERE id = $1;
SELECT sum(amount) FILTER (WHERE kind = 'in') - sum(amount) FILTER (WHERE kind = 'out') AS balance FROM cash_book WHERE register_id = $1;
SELECT b.isbn, b.title FROM books b WHERE b.id IN (SELECT book_id FROM loans GROUP BY book_id ORDER BY count(*) DESC LIMIT 10);
SELECT h.hour, count(c.id) AS calls FROM generate_series(0, 23) AS h (hour) LEFT JOIN calls c ON extract(hour FROM c.started_at) = h.hour AND c.started_at >= current_date GROUP BY h.hour ORDER BY h.hour;
SELECT id, name, CASE kind WHEN 'b' THEN 'business' WHEN 'p' THEN 'private' END AS kind FROM contacts WHERE owner_id = $1;
SELECT i.id, i.number FROM invoices i WHERE i.reminder_level < 3 AND i.paid_on IS NULL AND i.due_on + (i.reminder_level + 1) * interval '14 days' < current_date;
SELECT st.name, ar.scheduled_at, ar.expected_at, ar.platform FROM arrivals ar JOIN stations st ON st.id = ar.station_id WHERE ar.trip_id = $1 ORDER BY ar.sequence_no;
SELECT count(*) FROM visits v WHERE v.started_at >= date_trunc('week', now());
SELECT l.code, l.name FROM languages l WHERE l.code ~ '^[a-z]{2}$' ORDER BY l.name;
SELECT o.id FROM orders o WHERE o.note IS NOT NULL AND length(o.note) > 500 AND o.placed_at > now() - interval '1 day';
SELECT DISTINCT g.genre FROM film_genres fg JOIN genres g ON g.id = fg.genre_id WHERE fg.film_id = $1;
SELECT c.number, c.holder FROM cards c WHERE c.expires_on >= date_trunc('month', current_date) AND c.blocked_at IS NULL AND c.account_id = $1;
SELECT batch_id, min(ph) AS min_ph, max(ph) AS max_ph, stddev_samp(ph) AS sd FROM samples WHERE taken_at > $1 GROUP BY batch_id;
SELECT e.id, e.title, e.starts_at FROM calendar_events e WHERE e.calendar_id = ANY ($1) AND e.starts_at < $3 AND coalesce(e.ends_at, e.starts_at) > $2 ORDER BY e.starts_at;
SELECT u.id, u.email FROM users u LEFT JOIN mail_optouts mo ON mo.user_id = u.id WHERE mo.user_id IS NULL AND u.confirmed_at IS NOT NULL ORDER BY u.id LIMIT 1000;
SELECT p.id, p.title, pos.rank FROM products p JOIN unnest($1::int[]) WITH ORDINALITY AS pos (id, rank) ON pos.id = p.id ORDER BY pos.rank;
SELECT a.name, count(*) FILTER (WHERE t.won) * 1.0 / count(*) AS win_rate FROM agents a JOIN trials t ON t.agent_id = a.id GROUP BY a.id, a.name HAVING count(*) >= 30 ORDER BY win_rate DESC;
SELECT id, name, price FROM menu_items WHERE price = (SELECT min(price) FROM menu_items WHERE course = 'main') AND course = 'main';
SELECT host, max(at) AS last_beat FROM heartbeats GROUP BY host HAVING max(at) < now() - interval '2 minutes';
SELECT coalesce(jsonb_agg(t ORDER BY t.id), '[]') FROM (SELECT id, label FROM todos WHERE list_id = $1 AND NOT done) t;
DELETE FROM rate_limits WHERE window_start < now() - interval '1 hour';
SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1;
UPDATE flags SET enabled = NOT enabled WHERE name = 'new-checkout' RETURNING enabled;
SELECT f.id, f.name FROM files f WHERE f.parent_id IS NULL AND f.owner_id = $1 ORDER BY f.is_folder DESC, lower(f.name);
SELECT z.id FROM zones z WHERE z.area @> point(3.5, 7.25);
SELECT d.id, d.name, d.kind FROM drugs d WHERE d.search_name LIKE $1 || '%' ORDER BY d.search_name LIMIT 10;
SELECT s.site, s.day, s.visits, sum(s.visits) OVER (PARTITION BY s.site ORDER BY s.day RANGE BETWEEN interval '6 days' PRECEDING AND CURRENT ROW) AS week FROM site_visits s;
INSERT INTO dead_letters (queue, payload, error) SELECT queue, payload, last_error FROM jobs WHERE attempts >= 5;
SELECT k.id FROM api_keys k WHERE k.prefix = $1 AND k.hash = crypt($2, k.hash) AND k.revoked_at IS NULL;
WITH t AS MATERIALIZED (SELECT id, customer_id FROM orders WHERE placed_at > now() - interval '1 day') SELECT c.email, count(*) FROM t JOIN customers c ON c.id = t.customer_id GROUP BY c.email;
SELECT o.id, o.total, pg_column_size(o.note) FROM orders o ORDER BY pg_column_size(o.note) DESC NULLS LAST LIMIT 5;
ALTER TABLE customers RENAME CONSTRAINT customers_email_key TO uq_customers_email;
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'open', ALTER COLUMN currency DROP DEFAULT;
ALTER INDEX idx_payload RENAME TO idx_webhooks_payload;
CREATE TABLE temperatures PARTITION OF readings DEFAULT;
SELECT x.a, x.b FROM x FULL OUTER JOIN y ON y.a = x.a WHERE x.a IS NULL OR y.a IS NULL;
SELECT make_date(2024, 2, 29), justify_interval(interval '35 days');
SELECT CAST(details->>'weight' AS numeric) AS weight FROM parcels WHERE details->>'weight' IS NOT NULL AND depot_id = 4;
DROP INDEX IF EXISTS idx_old_name;
SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum;
SELECT sc.id, sc.name FROM scholarships sc WHERE sc.min_gpa <= (SELECT avg(g.points) FROM grades g WHERE g.student_id = $1) ORDER BY sc.name;
COPY staging_prices (sku, price) FROM STDIN WITH (FORMAT csv, HEADER true);
