-- What both servers take. Upserts and changes
INSERT INTO page_views (page_id, day, views) VALUES (17, CURDATE(), 1) ON DUPLICATE KEY UPDATE views = views + 1;
INSERT INTO settings (tenant_id, name, value) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value), updated_at = NOW();
INSERT IGNORE INTO tags (name) VALUES ('mysql'), ('replication');
REPLACE INTO sessions_data (session_id, data, expires) VALUES (?, ?, ?);
INSERT INTO stock (product_id, warehouse_id, on_hand) VALUES (12, 1, 5), (13, 1, 8) ON DUPLICATE KEY UPDATE on_hand = on_hand + VALUES(on_hand);
UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.country_code = c.country_code WHERE o.country_code IS NULL;
UPDATE products p LEFT JOIN stock s ON s.product_id = p.id SET p.available = IF(COALESCE(s.on_hand, 0) > 0, 1, 0) WHERE p.id = 12;
DELETE s FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.deactivated_at IS NOT NULL;
DELETE FROM login_attempts WHERE attempted_at < NOW() - INTERVAL 1 DAY ORDER BY id LIMIT 10000;
DELETE FROM t1 USING duplicates t1 JOIN duplicates t2 ON t1.email = t2.email AND t1.id > t2.id;
INSERT INTO orders SET customer_id = 12, placed_at = NOW(), status = 'open';
UPDATE counters SET value = LAST_INSERT_ID(value + 1) WHERE name = 'invoice';
INSERT INTO events_archive (id, kind, payload, created_at) SELECT id, kind, payload, created_at FROM events WHERE created_at < '2024-01-01';
UPDATE wp_posts SET post_status = 'draft' WHERE ID = 318;
UPDATE wp_options SET option_value = 'https://example.org' WHERE option_name IN ('siteurl', 'home');
UPDATE articles SET body = REPLACE(body, 'http://cdn.example.org', 'https://cdn.example.org') WHERE body LIKE '%http://cdn.example.org%';
UPDATE ranking SET place = (@row := @row + 1) WHERE league_id = 4 ORDER BY points DESC;
INSERT INTO audit (user_id, action, created_at) VALUES (LAST_INSERT_ID(), 'signup', UTC_TIMESTAMP());
UPDATE accounts SET balance = CASE id WHEN 1 THEN balance - 50 WHEN 2 THEN balance + 50 END WHERE id IN (1, 2);
LOAD DATA LOCAL INFILE 'prices.csv' INTO TABLE staging_prices FIELDS TERMINATED BY ';' ENCLOSED BY '"' LINES TERMINATED BY '\n' IGNORE 1 LINES (sku, price);
INSERT INTO calendar (day) WITH RECURSIVE d (day) AS (SELECT DATE '2025-01-01' UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < '2025-12-31') SELECT day FROM d;

-- Dates
SELECT id, total FROM orders WHERE placed_at >= CURDATE() - INTERVAL 7 DAY ORDER BY placed_at DESC;
SELECT DATE_FORMAT(placed_at, '%Y-%m') AS month, COUNT(*) AS orders, SUM(total) AS revenue FROM orders WHERE placed_at >= '2024-01-01' GROUP BY month ORDER BY month;
SELECT DATE(created_at) AS day, COUNT(*) AS signups FROM users WHERE created_at >= NOW() - INTERVAL 30 DAY GROUP BY DATE(created_at) ORDER BY day;
SELECT id, DATEDIFF(due_on, CURDATE()) AS days_left FROM invoices WHERE paid_on IS NULL ORDER BY due_on;
SELECT TIMESTAMPDIFF(YEAR, birth_date, CURDATE()) AS age, COUNT(*) AS members FROM members GROUP BY age ORDER BY age;
SELECT HOUR(called_at) AS hour, COUNT(*) AS calls, AVG(seconds) AS mean FROM calls WHERE called_at >= CURDATE() GROUP BY HOUR(called_at);
SELECT YEARWEEK(booked_on, 3) AS week, SUM(amount) AS total FROM bookings WHERE booked_on BETWEEN '2024-01-01' AND '2024-06-30' GROUP BY week;
SELECT id FROM subscriptions WHERE renews_on = DATE_ADD(CURDATE(), INTERVAL 3 DAY) AND cancelled_at IS NULL;
SELECT CONVERT_TZ(starts_at, 'UTC', 'Europe/Lisbon') AS local_start, title FROM meetings WHERE id = 8;
SELECT FROM_UNIXTIME(created), uid, name FROM node_legacy WHERE created > UNIX_TIMESTAMP('2024-01-01') ORDER BY created DESC LIMIT 20;
SELECT LAST_DAY(NOW()), STR_TO_DATE('31.12.2024', '%d.%m.%Y'), WEEKDAY(CURDATE());
SELECT employee_id, SEC_TO_TIME(SUM(TIME_TO_SEC(TIMEDIFF(ends_at, starts_at)))) AS worked FROM shifts WHERE starts_at >= '2024-11-01' AND starts_at < '2024-12-01' GROUP BY employee_id;
SELECT NOW(6), UTC_DATE(), CURRENT_DATE + INTERVAL 1 MONTH;
SELECT m.id, m.name FROM members m WHERE MONTH(m.birth_date) = 11 AND DAY(m.birth_date) = 22;

-- Queries of applications
SELECT SUBSTRING_INDEX(email, '@', -1) AS domain, COUNT(*) AS users FROM users GROUP BY domain ORDER BY users DESC LIMIT 10;
SELECT o.id, GROUP_CONCAT(p.name ORDER BY p.name SEPARATOR ', ') AS products FROM orders o JOIN order_items oi ON oi.order_id = o.id JOIN products p ON p.id = oi.product_id WHERE o.customer_id = ? GROUP BY o.id;
SELECT id, title, MATCH (title, body) AGAINST ('replication lag') AS score FROM articles WHERE MATCH (title, body) AGAINST ('replication lag') ORDER BY score DESC LIMIT 20;
SELECT id FROM articles WHERE MATCH (title, body) AGAINST ('+innodb -myisam' IN BOOLEAN MODE) AND section_id = 3;
SELECT IFNULL(nickname, first_name) AS shown, CONCAT(first_name, ' ', last_name) AS full_name FROM users WHERE id = ?;
SELECT IF(stock > 0, 'in stock', 'sold out') AS availability, name FROM products WHERE category_id = 5 ORDER BY name;
SELECT p.id, p.post_title, p.post_date FROM wp_posts p WHERE p.post_type = 'post' AND p.post_status = 'publish' ORDER BY p.post_date DESC LIMIT 0, 10;
SELECT p.ID, pm.meta_value AS price FROM wp_posts p JOIN wp_postmeta pm ON pm.post_id = p.ID AND pm.meta_key = '_price' WHERE p.post_type = 'product' AND p.post_status = 'publish';
SELECT t.term_id, t.name, tt.count FROM wp_terms t JOIN wp_term_taxonomy tt ON tt.term_id = t.term_id WHERE tt.taxonomy = 'category' AND tt.count > 0 ORDER BY t.name;
SELECT option_name, option_value FROM wp_options WHERE autoload = 'yes';
SELECT e.entity_id, e.sku, v.value AS name FROM catalog_product_entity e LEFT JOIN catalog_product_entity_varchar v ON v.entity_id = e.entity_id AND v.attribute_id = 73 AND v.store_id = 0 WHERE e.sku = '24-MB01';
SELECT `key`, `value` FROM `config` WHERE `group` = 'mail';
SELECT u.id, u.username FROM users u WHERE u.username <=> ?;
SELECT id, name FROM cities WHERE name LIKE 'San %' AND country_code = 'US' ORDER BY population DESC LIMIT 10;
SELECT id, JSON_UNQUOTE(JSON_EXTRACT(payload, '$.type')) AS type FROM webhooks WHERE received_at >= NOW() - INTERVAL 1 HOUR;
SELECT id FROM products WHERE JSON_CONTAINS(tags, '"sale"');
UPDATE users SET preferences = JSON_SET(preferences, '$.theme', 'dark') WHERE id = ?;
SELECT JSON_ARRAYAGG(name) AS names FROM teams WHERE league_id = 2;
SELECT JSON_OBJECT('id', id, 'total', total) FROM orders WHERE id = 77123;
SELECT j.sku, j.quantity FROM orders_raw r, JSON_TABLE(r.payload, '$.items[*]' COLUMNS (sku VARCHAR(40) PATH '$.sku', quantity INT PATH '$.quantity')) AS j WHERE r.id = 5;
SELECT id, INET_NTOA(ip) AS ip, created_at FROM visits WHERE user_id = ? ORDER BY created_at DESC LIMIT 20;
SELECT ELT(priority, 'low', 'normal', 'high') AS priority, COUNT(*) FROM tickets GROUP BY priority;
SELECT id FROM products ORDER BY FIELD(status, 'new', 'active', 'retired'), name;
SELECT s.id, s.name, ST_Distance_Sphere(s.location, POINT(-9.14, 38.71)) AS metres FROM shops s WHERE s.city_id = 4 ORDER BY metres LIMIT 10;
SELECT SQL_NO_CACHE COUNT(*) FROM orders WHERE status = 'open';
SELECT c.id, c.name, COUNT(o.id) AS orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.placed_at >= NOW() - INTERVAL 90 DAY GROUP BY c.id HAVING orders = 0;
SELECT region, product, SUM(amount) AS total FROM sales GROUP BY region, product WITH ROLLUP;
SELECT id, name FROM categories WHERE lft BETWEEN 5 AND 18 ORDER BY lft;
SELECT node.name, COUNT(parent.id) - 1 AS depth FROM categories node JOIN categories parent ON node.lft BETWEEN parent.lft AND parent.rgt GROUP BY node.id, node.name, node.lft ORDER BY node.lft;
SELECT UUID(), VERSION(), CONNECTION_ID(), DATABASE();
SELECT @@version_comment;
SELECT LAST_INSERT_ID();
SELECT ROW_COUNT();
SELECT HEX(UUID_SHORT()), CRC32('abc'), SHA2('abc', 256);
SELECT id, title FROM films WHERE rating & 4 = 4 AND year >= 2000 ORDER BY title;
SELECT t.day, t.amount, @running := @running + t.amount AS running FROM takings t CROSS JOIN (SELECT @running := 0) v ORDER BY t.day;
SELECT a.id, a.title FROM articles a STRAIGHT_JOIN sections s ON s.id = a.section_id WHERE s.slug = 'news' ORDER BY a.id DESC LIMIT 10;
SELECT COALESCE(SUM(hours), 0) INTO @hours FROM time_entries WHERE project_id = 9;
SELECT id, seats_left FROM trips WHERE id = ? FOR UPDATE;
SELECT id, payload FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;
SELECT m.id FROM messages m WHERE m.thread_id = ? AND m.id > ? ORDER BY m.id LIMIT 50;
SELECT DISTINCT r.role FROM user_roles ur INNER JOIN roles r ON r.id = ur.role_id WHERE ur.user_id = ?;
SELECT p.*, c.name AS category_name FROM products p JOIN categories c ON c.id = p.category_id WHERE p.id = ?;
SELECT b.id, b.starts_at, s.name FROM bookings b JOIN services s ON s.id = b.service_id WHERE b.salon_id = ? AND b.starts_at BETWEEN ? AND ? AND b.status <> 'cancelled' ORDER BY b.starts_at;
SELECT h.id FROM horses h WHERE h.sire_id = 12 OR h.dam_id = 12;
SELECT d.serial, MAX(e.level) AS worst FROM devices d JOIN device_events e ON e.device_id = d.id WHERE e.at > NOW() - INTERVAL 1 DAY GROUP BY d.id, d.serial ORDER BY worst DESC;
SELECT number_plate, COUNT(*) AS passes FROM toll_passes WHERE passed_at >= '2024-10-01' AND passed_at < '2024-11-01' GROUP BY number_plate HAVING passes >= 40;
SELECT q.id, q.title, q.score, (SELECT COUNT(*) FROM answers a WHERE a.question_id = q.id) AS answers FROM questions q WHERE q.closed_at IS NULL ORDER BY q.created_at DESC LIMIT 30;
SELECT e.id, e.name FROM employees e WHERE EXISTS (SELECT 1 FROM certificates c WHERE c.employee_id = e.id AND c.kind = 'forklift' AND c.valid_until >= CURDATE());
SELECT l.id, l.city, l.price, ROUND(l.price / l.square_metres) AS per_m2 FROM listings l WHERE l.city = 'Bergen' AND l.square_metres > 0 ORDER BY per_m2 LIMIT 20;
SELECT u.country, COUNT(DISTINCT s.user_id) AS active FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.started_at >= NOW() - INTERVAL 28 DAY GROUP BY u.country WITH ROLLUP;
SELECT z.zone, z.rate FROM shipping_rates z WHERE z.country_code = ? AND z.weight_from <= ? AND z.weight_to > ? ORDER BY z.rate LIMIT 1;

-- Definitions
CREATE TABLE customers (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  email VARCHAR(190) NOT NULL,
  name VARCHAR(120) NOT NULL,
  status ENUM('active', 'blocked') NOT NULL DEFAULT 'active',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  UNIQUE KEY uq_customers_email (email),
  KEY idx_customers_status (status, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE `order_items` (`id` INT UNSIGNED NOT NULL AUTO_INCREMENT, `order_id` INT UNSIGNED NOT NULL, `product_id` INT UNSIGNED NOT NULL, `quantity` SMALLINT UNSIGNED NOT NULL DEFAULT 1, `unit_price` DECIMAL(10,2) NOT NULL, PRIMARY KEY (`id`), KEY `order_id` (`order_id`), CONSTRAINT `fk_item_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE CASCADE) ENGINE=InnoDB;
CREATE TABLE readings (sensor_id INT NOT NULL, taken_at DATETIME NOT NULL, value DOUBLE NOT NULL, PRIMARY KEY (sensor_id, taken_at)) PARTITION BY RANGE (TO_DAYS(taken_at)) (PARTITION p202410 VALUES LESS THAN (TO_DAYS('2024-11-01')), PARTITION p202411 VALUES LESS THAN (TO_DAYS('2024-12-01')), PARTITION pmax VALUES LESS THAN MAXVALUE);
CREATE TABLE order_totals (order_id INT PRIMARY KEY, net DECIMAL(12,2) NOT NULL, tax DECIMAL(12,2) NOT NULL, gross DECIMAL(12,2) AS (net + tax) STORED);
CREATE TABLE orders_new LIKE orders;
CREATE TEMPORARY TABLE wanted_ids (id INT UNSIGNED PRIMARY KEY) ENGINE=MEMORY;
CREATE TABLE articles (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, title VARCHAR(200) NOT NULL, body MEDIUMTEXT, FULLTEXT KEY ft_title_body (title, body));
ALTER TABLE orders ADD COLUMN source VARCHAR(20) NOT NULL DEFAULT 'web' AFTER status;
ALTER TABLE orders ADD INDEX idx_orders_source (source), ADD INDEX idx_orders_placed (placed_at);
ALTER TABLE orders MODIFY COLUMN note TEXT NULL;
ALTER TABLE orders CHANGE COLUMN note remark TEXT NULL;
ALTER TABLE orders DROP COLUMN remark, DROP INDEX idx_orders_source;
ALTER TABLE order_items ADD CONSTRAINT fk_item_product FOREIGN KEY (product_id) REFERENCES products (id) ON UPDATE CASCADE;
ALTER TABLE order_items DROP FOREIGN KEY fk_item_product;
ALTER TABLE customers CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
ALTER TABLE readings DROP PARTITION p202410;
ALTER TABLE readings REORGANIZE PARTITION pmax INTO (PARTITION p202412 VALUES LESS THAN (TO_DAYS('2025-01-01')), PARTITION pmax VALUES LESS THAN MAXVALUE);
ALTER TABLE invoices AUTO_INCREMENT = 100000;
ALTER TABLE events ENGINE=InnoDB;
ALTER TABLE orders ADD COLUMN region CHAR(2), ALGORITHM=INPLACE, LOCK=NONE;
CREATE INDEX idx_users_name ON users (last_name(20), first_name(20));
CREATE FULLTEXT INDEX ft_products ON products (name, description);
DROP INDEX idx_users_name ON users;
RENAME TABLE orders TO orders_old, orders_new TO orders;
DROP TABLE IF EXISTS orders_old;
CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4;
CREATE OR REPLACE VIEW v_open_orders AS SELECT o.id, o.placed_at, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open';
CREATE TRIGGER orders_bi BEFORE INSERT ON orders FOR EACH ROW SET NEW.placed_at = COALESCE(NEW.placed_at, NOW());
CREATE EVENT purge_sessions ON SCHEDULE EVERY 1 HOUR DO DELETE FROM sessions WHERE expires_at < NOW();
DELIMITER //
CREATE PROCEDURE move_stock(IN p_product INT, IN p_from INT, IN p_to INT, IN p_quantity INT)
BEGIN
  START TRANSACTION;
  UPDATE stock SET on_hand = on_hand - p_quantity WHERE product_id = p_product AND warehouse_id = p_from;
  UPDATE stock SET on_hand = on_hand + p_quantity WHERE product_id = p_product AND warehouse_id = p_to;
  COMMIT;
END//
CREATE FUNCTION gross(net DECIMAL(12,2), rate DECIMAL(4,3)) RETURNS DECIMAL(12,2) DETERMINISTIC RETURN ROUND(net * (1 + rate), 2)//
DELIMITER ;
CALL move_stock(12, 1, 2, 5);
DROP PROCEDURE IF EXISTS move_stock;
DROP TRIGGER IF EXISTS orders_bi;
CREATE USER 'reader'@'%' ACCOUNT LOCK;
GRANT SELECT, SHOW VIEW ON shop.* TO 'reader'@'%';
REVOKE INSERT ON shop.* FROM 'reader'@'%';
DROP USER IF EXISTS 'old_batch'@'localhost';
FLUSH PRIVILEGES;

-- Sessions and administration
SET NAMES utf8mb4;
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE';
SET @from = '2024-01-01', @to = '2024-02-01';
SET FOREIGN_KEY_CHECKS = 0;
SET GLOBAL slow_query_log = ON;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
START TRANSACTION WITH CONSISTENT SNAPSHOT;
LOCK TABLES orders WRITE, order_items WRITE;
UNLOCK TABLES;
SHOW FULL PROCESSLIST;
SHOW CREATE TABLE orders;
SHOW TABLE STATUS LIKE 'orders';
SHOW INDEX FROM orders;
SHOW VARIABLES LIKE 'innodb_buffer_pool%';
SHOW GLOBAL STATUS LIKE 'Threads_%';
SHOW ENGINE INNODB STATUS;
SHOW GRANTS FOR 'reader'@'%';
SHOW TABLES LIKE 'wp\_%';
SHOW WARNINGS;
DESCRIBE order_items;
EXPLAIN SELECT id FROM orders WHERE customer_id = 12 ORDER BY placed_at DESC LIMIT 10;
EXPLAIN FORMAT=JSON SELECT o.id FROM orders o JOIN order_items oi ON oi.order_id = o.id WHERE oi.product_id = 12;
ANALYZE TABLE orders, order_items;
OPTIMIZE TABLE sessions;
CHECK TABLE orders;
KILL QUERY 4711;
USE shop;
SELECT table_name, engine, table_rows, ROUND((data_length + index_length) / 1048576) AS mb FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY data_length + index_length DESC LIMIT 20;
SELECT column_name, column_type, is_nullable, column_key FROM information_schema.columns WHERE table_schema = 'shop' AND table_name = 'orders' ORDER BY ordinal_position;
SELECT table_name, constraint_name, referenced_table_name FROM information_schema.key_column_usage WHERE table_schema = 'shop' AND referenced_table_name IS NOT NULL ORDER BY table_name;
SELECT id, user, host, db, command, time, state, LEFT(info, 100) AS info FROM information_schema.processlist WHERE command <> 'Sleep' ORDER BY time DESC;
SELECT digest_text, count_star, sum_timer_wait / 1000000000000 AS seconds FROM performance_schema.events_statements_summary_by_digest ORDER BY sum_timer_wait DESC LIMIT 10;
SELECT trx_id, trx_state, trx_started, trx_rows_locked FROM information_schema.innodb_trx ORDER BY trx_started;
SELECT object_schema, object_name, index_name FROM performance_schema.table_io_waits_summary_by_index_usage WHERE index_name IS NOT NULL AND count_star = 0 AND object_schema = 'shop' ORDER BY object_name;
SELECT user, host, plugin FROM mysql.user WHERE user NOT LIKE 'mysql.%' ORDER BY user;
PREPARE by_sku FROM 'SELECT id, name FROM products WHERE sku = ?';
EXECUTE by_sku USING @sku;
DEALLOCATE PREPARE by_sku;
SELECT GET_LOCK('nightly-report', 10);
DO RELEASE_LOCK('nightly-report');
SHOW BINARY LOGS;
PURGE BINARY LOGS BEFORE '2024-11-01 00:00:00';
FLUSH TABLES WITH READ LOCK;

-- More of applications
SELECT v.id, v.name, v.city, r.stars FROM venues v LEFT JOIN (SELECT venue_id, ROUND(AVG(stars), 1) AS stars FROM venue_reviews GROUP BY venue_id) r ON r.venue_id = v.id WHERE v.city = ? ORDER BY r.stars DESC, v.name;
SELECT p.id, p.sku, s.on_hand FROM products p FORCE INDEX (idx_products_sku) JOIN stock s ON s.product_id = p.id WHERE p.sku LIKE 'GT-%' ORDER BY p.sku;
SELECT id, username, last_login FROM users WHERE last_login < NOW() - INTERVAL 1 YEAR AND is_admin = 0 ORDER BY last_login LIMIT 500;
SELECT COUNT(*) AS total, SUM(status = 'done') AS done, SUM(status = 'failed') AS failed FROM tasks WHERE batch_id = ?;
SELECT t.id, t.subject, TIMESTAMPDIFF(HOUR, t.opened_at, NOW()) AS hours_open FROM tickets t WHERE t.closed_at IS NULL AND t.assignee_id = ? ORDER BY t.opened_at;
SELECT DATE_FORMAT(s.at, '%H:%i') AS slot, s.capacity - COUNT(b.id) AS free FROM slots s LEFT JOIN bookings b ON b.slot_id = s.id GROUP BY s.id, s.at, s.capacity ORDER BY s.at;
SELECT f.filename, f.bytes, f.uploaded_at FROM files f WHERE f.owner_id = ? AND f.deleted_at IS NULL ORDER BY f.filename LIMIT 200;
SELECT l.level, COUNT(*) AS lines FROM log_lines l WHERE l.at BETWEEN '2024-11-20 00:00:00' AND '2024-11-20 23:59:59' GROUP BY l.level;
SELECT id, name, parent_id FROM departments WHERE FIND_IN_SET(id, ?) ORDER BY name;
SELECT a.id, a.name, a.balance FROM accounts a WHERE a.balance < 0 ORDER BY a.balance LIMIT 50;
SELECT k.keyword, SUM(k.clicks) AS clicks, SUM(k.cost) / NULLIF(SUM(k.clicks), 0) AS cpc FROM keyword_stats k WHERE k.campaign_id = ? AND k.day >= ? GROUP BY k.keyword ORDER BY clicks DESC LIMIT 100;
SELECT c.id, c.subject, c.sent_at, c.opens / c.delivered * 100 AS open_rate FROM campaigns c WHERE c.delivered > 0 ORDER BY c.sent_at DESC LIMIT 12;
SELECT g.grade, MIN(g.points) AS from_points, MAX(g.points) AS to_points FROM grade_scale g WHERE g.scale_id = 3 GROUP BY g.grade;
SELECT i.id, i.number, DATE_ADD(i.issued_on, INTERVAL c.terms_days DAY) AS due_on FROM invoices i JOIN companies c ON c.id = i.company_id WHERE i.paid_on IS NULL;
SELECT r.id, r.name FROM recipes r JOIN recipe_ingredients ri ON ri.recipe_id = r.id WHERE ri.ingredient_id IN (4, 9, 17) GROUP BY r.id, r.name HAVING COUNT(DISTINCT ri.ingredient_id) = 3;
SELECT s.station_id, s.measured_at, s.pm25 FROM air_samples s JOIN (SELECT station_id, MAX(measured_at) AS measured_at FROM air_samples GROUP BY station_id) m ON m.station_id = s.station_id AND m.measured_at = s.measured_at;
SELECT b.id, b.batch_no FROM batches b WHERE b.expires_on BETWEEN CURDATE() AND CURDATE() + INTERVAL 30 DAY AND b.quantity > 0 ORDER BY b.expires_on;
UPDATE batches SET quantity = quantity - ? WHERE id = ? AND quantity >= ?;
UPDATE users SET last_login = NOW(), login_count = login_count + 1 WHERE id = ?;
UPDATE tickets SET status = 'closed', closed_at = NOW() WHERE status = 'resolved' AND resolved_at < NOW() - INTERVAL 14 DAY;
DELETE FROM password_resets WHERE created_at < NOW() - INTERVAL 2 HOUR;
DELETE FROM cache_entries WHERE cid LIKE 'views:%';
INSERT INTO failed_jobs (connection, queue, payload, exception, failed_at) VALUES (?, ?, ?, ?, NOW());
INSERT INTO migrations (migration, batch) VALUES ('2024_11_02_create_vouchers_table', 14);
SELECT migration FROM migrations ORDER BY batch, migration;
SELECT * FROM `users` WHERE `users`.`id` = ? AND `users`.`deleted_at` IS NULL LIMIT 1;
SELECT `posts`.`id`, `posts`.`title` FROM `posts` INNER JOIN `taggables` ON `posts`.`id` = `taggables`.`taggable_id` WHERE `taggables`.`tag_id` = ? AND `taggables`.`taggable_type` = 'post';
SELECT COUNT(*) AS aggregate FROM `comments` WHERE `comments`.`post_id` = ? AND `approved` = 1;
SELECT m.role, COUNT(*) AS people, ROUND(AVG(TIMESTAMPDIFF(MONTH, m.joined_on, CURDATE())), 1) AS months FROM memberships m WHERE m.left_on IS NULL GROUP BY m.role;
SELECT x.grp, COUNT(*) AS n FROM (SELECT NTILE(5) OVER (ORDER BY spent DESC) AS grp FROM customer_totals) x GROUP BY x.grp;
WITH firsts AS (SELECT customer_id, MIN(placed_at) AS first_at FROM orders GROUP BY customer_id) SELECT DATE_FORMAT(f.first_at, '%Y-%m') AS cohort, TIMESTAMPDIFF(MONTH, f.first_at, o.placed_at) AS month_no, COUNT(DISTINCT o.customer_id) AS customers FROM firsts f JOIN orders o ON o.customer_id = f.customer_id GROUP BY cohort, month_no ORDER BY cohort, month_no;
WITH RECURSIVE ancestors AS (SELECT id, parent_id, name FROM categories WHERE id = ? UNION ALL SELECT c.id, c.parent_id, c.name FROM categories c JOIN ancestors a ON a.parent_id = c.id) SELECT id, name FROM ancestors;
SELECT t.account_id, t.booked_on, t.amount, SUM(t.amount) OVER (PARTITION BY t.account_id ORDER BY t.booked_on, t.id) AS balance FROM transactions t WHERE t.account_id = ? ORDER BY t.booked_on, t.id;
SELECT o.id FROM orders o LEFT JOIN payments p ON p.order_id = o.id AND p.state = 'captured' WHERE o.status = 'open' GROUP BY o.id, o.total HAVING COALESCE(SUM(p.amount), 0) < o.total;
SELECT host, ROUND(AVG(response_ms)) AS mean, MAX(response_ms) AS worst, COUNT(*) AS requests FROM access_log WHERE at >= NOW() - INTERVAL 15 MINUTE GROUP BY host ORDER BY mean DESC;
SELECT mt.id, mt.home_team, mt.away_team, CONCAT(mt.home_goals, ':', mt.away_goals) AS result FROM match_table mt WHERE mt.round = ? ORDER BY mt.kickoff;
SELECT LPAD(id, 8, '0') AS number, UPPER(TRIM(name)) AS name FROM suppliers WHERE active = 1 ORDER BY name;
SELECT id, slug FROM pages WHERE slug REGEXP '^[a-z0-9-]+$' AND site_id = 3 ORDER BY slug;
SELECT p.id, p.lat, p.lng FROM points p WHERE p.lat BETWEEN ? AND ? AND p.lng BETWEEN ? AND ? LIMIT 500;
SELECT d.doc_no, d.rev, d.state FROM drawings d WHERE (d.doc_no, d.rev) IN (SELECT doc_no, MAX(rev) FROM drawings GROUP BY doc_no) ORDER BY d.doc_no;
SELECT w.id, w.title FROM works w WHERE w.composer_id = 12 AND w.opus IS NOT NULL ORDER BY w.opus, w.id;
SELECT b.room_id, b.arrives_on, b.leaves_on, DATEDIFF(b.leaves_on, b.arrives_on) AS nights FROM stays b WHERE b.guest_id = ? ORDER BY b.arrives_on DESC;
SELECT SUM(amount) AS total, COUNT(*) AS donors FROM donations WHERE given_on >= MAKEDATE(YEAR(CURDATE()), 1);
SELECT CASE WHEN age < 18 THEN 'under 18' WHEN age < 65 THEN '18-64' ELSE '65+' END AS band, COUNT(*) AS people FROM respondents GROUP BY band;
SELECT s.name, COALESCE(SUM(t.quantity), 0) AS sold FROM salespeople s LEFT JOIN sales t ON t.salesperson_id = s.id AND t.sold_on = CURDATE() - INTERVAL 1 DAY GROUP BY s.id, s.name ORDER BY sold DESC;
ALTER TABLE users ADD UNIQUE KEY uq_users_phone (phone);
ALTER TABLE logs DROP PRIMARY KEY, ADD PRIMARY KEY (id, logged_at);
ALTER TABLE tickets ALTER COLUMN priority SET DEFAULT 2;
ALTER TABLE tickets COMMENT = 'Questions of customers';
CREATE TABLE vouchers (code CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, value DECIMAL(8,2) NOT NULL, issued_at DATETIME(3) NOT NULL, redeemed_at DATETIME(3) NULL);
CREATE TABLE device_state (device_id BINARY(16) NOT NULL PRIMARY KEY, state JSON NOT NULL, changed_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6));
CREATE TABLE matches_by_day AS SELECT DATE(kickoff) AS day, COUNT(*) AS matches FROM match_table GROUP BY DATE(kickoff);
TRUNCATE TABLE staging_prices;
DROP VIEW IF EXISTS v_open_orders;
DROP EVENT IF EXISTS purge_sessions;
DROP FUNCTION IF EXISTS gross;
HELP 'SELECT';
SET SESSION group_concat_max_len = 100000;
SET autocommit = 0;
SHOW CREATE VIEW v_open_orders;
SHOW COLUMNS FROM orders LIKE 'pla%';
SHOW OPEN TABLES WHERE In_use > 0;
SHOW TRIGGERS FROM shop;
SHOW COLLATION WHERE Charset = 'utf8mb4';
XA START 'transfer-118';
XA END 'transfer-118';
XA PREPARE 'transfer-118';
XA COMMIT 'transfer-118';
