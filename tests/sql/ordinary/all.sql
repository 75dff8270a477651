-- Web shop
SELECT id, name, price, stock FROM products WHERE category_id = 12 AND active = 1 ORDER BY name;
SELECT p.id, p.name, c.name AS category FROM products p JOIN categories c ON c.id = p.category_id WHERE c.slug = 'garden-tools' ORDER BY p.price, p.id LIMIT 24;
SELECT o.id, o.placed_at, o.total, cu.email FROM orders o INNER JOIN customers cu ON cu.id = o.customer_id WHERE o.status = 'paid' AND o.placed_at >= '2024-03-01' AND o.placed_at < '2024-04-01' ORDER BY o.placed_at DESC;
SELECT oi.order_id, SUM(oi.quantity * oi.unit_price) AS gross FROM order_items oi GROUP BY oi.order_id HAVING SUM(oi.quantity * oi.unit_price) > 500;
SELECT c.id, c.email, COUNT(o.id) AS orders, MAX(o.placed_at) AS last_order FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.email ORDER BY orders DESC, c.id LIMIT 50;
SELECT p.sku FROM products p WHERE NOT EXISTS (SELECT 1 FROM order_items oi WHERE oi.product_id = p.id);
SELECT c.email FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;
SELECT p.id, p.name, COALESCE(AVG(r.stars), 0) AS rating, COUNT(r.id) AS reviews FROM products p LEFT JOIN reviews r ON r.product_id = p.id AND r.approved = 1 WHERE p.id = 4711 GROUP BY p.id, p.name;
INSERT INTO cart_items (cart_id, product_id, quantity, added_at) VALUES (9001, 4711, 2, CURRENT_TIMESTAMP);
UPDATE cart_items SET quantity = quantity + 1 WHERE cart_id = 9001 AND product_id = 4711;
DELETE FROM cart_items WHERE cart_id = 9001 AND product_id = 4712;
UPDATE products SET stock = stock - 3 WHERE id = 4711 AND stock >= 3;
INSERT INTO order_items (order_id, product_id, quantity, unit_price) SELECT 77123, ci.product_id, ci.quantity, p.price FROM cart_items ci JOIN products p ON p.id = ci.product_id WHERE ci.cart_id = 9001;
DELETE FROM carts WHERE updated_at < '2024-01-01' AND customer_id IS NULL;
SELECT coupon_code, COUNT(*) AS uses, SUM(discount) AS given FROM orders WHERE coupon_code IS NOT NULL GROUP BY coupon_code ORDER BY given DESC;
SELECT id FROM coupons WHERE code = 'SPRING24' AND valid_from <= '2024-04-02' AND valid_until > '2024-04-02' AND used < max_uses;
UPDATE orders SET status = 'shipped', shipped_at = CURRENT_TIMESTAMP, tracking_number = 'JD014600003' WHERE id = 77123 AND status = 'paid';
SELECT sku, name, stock, reorder_level FROM products WHERE stock <= reorder_level AND discontinued = 0 ORDER BY stock - reorder_level;
SELECT w.name AS warehouse, p.sku, i.on_hand, i.reserved, i.on_hand - i.reserved AS free FROM inventory i JOIN warehouses w ON w.id = i.warehouse_id JOIN products p ON p.id = i.product_id WHERE p.sku IN ('A-100', 'A-101', 'B-7') ORDER BY w.name, p.sku;
WITH revenue AS (SELECT product_id, SUM(quantity * unit_price) AS total FROM order_items GROUP BY product_id) SELECT p.name, r.total, RANK() OVER (ORDER BY r.total DESC) AS place FROM revenue r JOIN products p ON p.id = r.product_id ORDER BY place LIMIT 10;
SELECT order_id, product_id, quantity, ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY product_id) AS line FROM order_items WHERE order_id BETWEEN 77000 AND 77100 ORDER BY order_id, line;
SELECT a.product_id, b.product_id AS bought_with, COUNT(*) AS times FROM order_items a JOIN order_items b ON b.order_id = a.order_id AND b.product_id > a.product_id GROUP BY a.product_id, b.product_id HAVING COUNT(*) >= 20 ORDER BY times DESC;

-- Library
SELECT b.isbn, b.title, a.family_name, a.given_name FROM books b JOIN book_authors ba ON ba.book_id = b.id JOIN authors a ON a.id = ba.author_id WHERE a.family_name = 'Le Guin' ORDER BY b.published_year;
SELECT m.card_number, m.name, l.due_on FROM loans l JOIN members m ON m.id = l.member_id WHERE l.returned_on IS NULL AND l.due_on < '2024-05-01' ORDER BY l.due_on;
INSERT INTO loans (copy_id, member_id, lent_on, due_on) VALUES (5521, 318, '2024-05-02', '2024-05-23');
UPDATE loans SET returned_on = '2024-05-20' WHERE copy_id = 5521 AND returned_on IS NULL;
SELECT COUNT(*) FROM loans WHERE member_id = 318 AND returned_on IS NULL;
SELECT b.title, COUNT(l.id) AS lent FROM books b JOIN copies c ON c.book_id = b.id LEFT JOIN loans l ON l.copy_id = c.id GROUP BY b.id, b.title ORDER BY lent DESC, b.title LIMIT 20;
SELECT title FROM books WHERE title LIKE 'The %' ORDER BY title;
SELECT r.book_id, r.member_id, r.placed_at FROM reservations r WHERE r.book_id = 88 AND r.fulfilled_at IS NULL ORDER BY r.placed_at LIMIT 1;
SELECT branch_id, COUNT(DISTINCT member_id) AS readers FROM visits WHERE visited_on BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY branch_id;
DELETE FROM reservations WHERE expires_at < CURRENT_TIMESTAMP;
UPDATE members SET blocked = 1, blocked_reason = 'unpaid fees' WHERE id IN (SELECT member_id FROM fees WHERE paid_on IS NULL GROUP BY member_id HAVING SUM(amount) > 25);

-- Hospital
SELECT p.mrn, p.family_name, p.given_name, p.birth_date FROM patients p WHERE p.family_name = 'Okafor' AND p.birth_date = '1981-07-14';
SELECT a.starts_at, a.ends_at, d.name AS doctor, r.label AS room FROM appointments a JOIN doctors d ON d.id = a.doctor_id JOIN rooms r ON r.id = a.room_id WHERE a.patient_id = 9911 AND a.cancelled_at IS NULL ORDER BY a.starts_at;
SELECT w.name, COUNT(b.id) AS beds, SUM(CASE WHEN b.patient_id IS NULL THEN 1 ELSE 0 END) AS free FROM wards w JOIN beds b ON b.ward_id = w.id GROUP BY w.id, w.name ORDER BY w.name;
INSERT INTO observations (patient_id, code, value_numeric, unit, taken_at) VALUES (9911, '8867-4', 72, '/min', '2024-06-01 08:15:00'), (9911, '8310-5', 36.8, 'Cel', '2024-06-01 08:15:00');
SELECT code, MIN(value_numeric) AS lowest, MAX(value_numeric) AS highest, AVG(value_numeric) AS mean FROM observations WHERE patient_id = 9911 AND taken_at >= '2024-06-01' GROUP BY code;
SELECT o.code, o.value_numeric, o.taken_at FROM observations o WHERE o.patient_id = 9911 AND o.taken_at = (SELECT MAX(o2.taken_at) FROM observations o2 WHERE o2.patient_id = o.patient_id AND o2.code = o.code);
SELECT patient_id, taken_at, value_numeric - LAG(value_numeric) OVER (PARTITION BY patient_id ORDER BY taken_at) AS change_since_last FROM observations WHERE code = '29463-7' ORDER BY patient_id, taken_at;
UPDATE prescriptions SET stopped_on = '2024-06-03', stopped_by = 41 WHERE id = 60021 AND stopped_on IS NULL;
SELECT m.name, pr.dose, pr.frequency FROM prescriptions pr JOIN medications m ON m.id = pr.medication_id WHERE pr.patient_id = 9911 AND (pr.stopped_on IS NULL OR pr.stopped_on > '2024-06-03');
SELECT d.id, d.name FROM doctors d WHERE EXISTS (SELECT 1 FROM shifts s WHERE s.doctor_id = d.id AND s.starts_at <= '2024-06-03 14:00:00' AND s.ends_at > '2024-06-03 14:00:00') ORDER BY d.name;

-- School
SELECT s.id, s.family_name, s.given_name FROM students s JOIN enrolments e ON e.student_id = s.id WHERE e.course_id = 210 AND e.year = 2024 ORDER BY s.family_name, s.given_name;
SELECT c.title, AVG(g.points) AS mean, COUNT(*) AS graded FROM grades g JOIN courses c ON c.id = g.course_id WHERE g.term = '2024-1' GROUP BY c.id, c.title HAVING COUNT(*) >= 5 ORDER BY mean DESC;
SELECT student_id, course_id, points, DENSE_RANK() OVER (PARTITION BY course_id ORDER BY points DESC) AS place FROM grades WHERE term = '2024-1';
SELECT t.name, COUNT(l.id) AS lessons FROM teachers t LEFT JOIN lessons l ON l.teacher_id = t.id AND l.week = 23 GROUP BY t.id, t.name ORDER BY lessons DESC, t.name;
INSERT INTO attendance (lesson_id, student_id, status) SELECT 5501, e.student_id, 'present' FROM enrolments e WHERE e.course_id = 210;
UPDATE attendance SET status = 'excused', note = 'doctor' WHERE lesson_id = 5501 AND student_id = 77;
SELECT s.id, s.family_name, SUM(CASE WHEN a.status = 'absent' THEN 1 ELSE 0 END) AS absences FROM students s JOIN attendance a ON a.student_id = s.id GROUP BY s.id, s.family_name HAVING SUM(CASE WHEN a.status = 'absent' THEN 1 ELSE 0 END) > 5;
SELECT course_id FROM enrolments WHERE student_id = 77 INTERSECT SELECT course_id FROM enrolments WHERE student_id = 78;
SELECT id, title FROM courses WHERE id NOT IN (210, 211, 305) AND level = 'B' ORDER BY title;
DELETE FROM timetable_slots WHERE term = '2023-2' AND room_id = 14;

-- Logistics
SELECT s.reference, s.weight_kg, o.code AS origin, d.code AS destination FROM shipments s JOIN depots o ON o.id = s.origin_id JOIN depots d ON d.id = s.destination_id WHERE s.state = 'in_transit' ORDER BY s.promised_on, s.reference;
SELECT e.shipment_id, e.happened_at, e.kind, e.place FROM tracking_events e WHERE e.shipment_id = 120045 ORDER BY e.happened_at DESC;
WITH latest AS (SELECT shipment_id, kind, happened_at, ROW_NUMBER() OVER (PARTITION BY shipment_id ORDER BY happened_at DESC) AS rn FROM tracking_events) SELECT s.reference, l.kind, l.happened_at FROM latest l JOIN shipments s ON s.id = l.shipment_id WHERE l.rn = 1 AND l.kind <> 'delivered' ORDER BY l.happened_at;
INSERT INTO tracking_events (shipment_id, happened_at, kind, place) VALUES (120045, '2024-02-11 06:40:00', 'departed', 'HAM-2');
UPDATE shipments SET state = 'delivered', delivered_at = '2024-02-12 10:05:00', signed_by = 'M. Weber' WHERE id = 120045;
SELECT v.plate, v.max_load_kg, COALESCE(SUM(s.weight_kg), 0) AS loaded FROM vehicles v LEFT JOIN tours t ON t.vehicle_id = v.id AND t.runs_on = '2024-02-12' LEFT JOIN shipments s ON s.tour_id = t.id GROUP BY v.id, v.plate, v.max_load_kg ORDER BY v.plate;
SELECT origin_id, destination_id, COUNT(*) AS parcels, AVG(weight_kg) AS mean_weight FROM shipments WHERE created_at >= '2024-01-01' GROUP BY origin_id, destination_id ORDER BY parcels DESC LIMIT 25;
SELECT d.name, x.open_parcels FROM drivers d JOIN (SELECT driver_id, COUNT(*) AS open_parcels FROM stops WHERE done_at IS NULL GROUP BY driver_id) x ON x.driver_id = d.id ORDER BY x.open_parcels DESC;
WITH RECURSIVE hops (depot_id, depth) AS (SELECT 4, 0 UNION ALL SELECT l.to_depot_id, h.depth + 1 FROM hops h JOIN links l ON l.from_depot_id = h.depot_id WHERE h.depth < 6) SELECT depot_id, MIN(depth) AS distance FROM hops GROUP BY depot_id ORDER BY distance, depot_id;

-- People and pay
SELECT e.number, e.name, d.name AS department, m.name AS manager FROM employees e JOIN departments d ON d.id = e.department_id LEFT JOIN employees m ON m.id = e.manager_id WHERE e.left_on IS NULL ORDER BY d.name, e.name;
SELECT department_id, COUNT(*) AS heads, SUM(salary) AS payroll, MIN(salary) AS lowest, MAX(salary) AS highest FROM employees WHERE left_on IS NULL GROUP BY department_id;
SELECT name, salary, salary - AVG(salary) OVER (PARTITION BY department_id) AS above_mean FROM employees WHERE department_id IN (3, 5) ORDER BY above_mean DESC;
WITH RECURSIVE chain AS (SELECT id, name, manager_id, 1 AS level FROM employees WHERE id = 1 UNION ALL SELECT e.id, e.name, e.manager_id, c.level + 1 FROM employees e JOIN chain c ON e.manager_id = c.id) SELECT level, id, name FROM chain ORDER BY level, name;
UPDATE employees SET salary = salary * 1.03 WHERE department_id = 5 AND hired_on < '2023-07-01';
INSERT INTO absences (employee_id, kind, first_day, last_day, approved_by) VALUES (204, 'vacation', '2024-08-05', '2024-08-16', 17);
SELECT a.employee_id, a.first_day, a.last_day FROM absences a WHERE a.first_day <= '2024-08-31' AND a.last_day >= '2024-08-01' ORDER BY a.first_day;
SELECT e.id, e.name FROM employees e WHERE e.id NOT IN (SELECT t.employee_id FROM trainings t WHERE t.topic = 'fire safety' AND t.employee_id IS NOT NULL);
SELECT p.employee_id, p.month, p.gross, SUM(p.gross) OVER (PARTITION BY p.employee_id ORDER BY p.month) AS year_to_date FROM payslips p WHERE p.month BETWEEN '2024-01' AND '2024-12';
DELETE FROM applications WHERE rejected_at < '2023-11-01';
SELECT j.title, COUNT(a.id) AS applications FROM jobs j LEFT JOIN applications a ON a.job_id = j.id WHERE j.closed_at IS NULL GROUP BY j.id, j.title;

-- Bank
SELECT a.iban, a.currency, a.balance FROM accounts a WHERE a.customer_id = 50123 AND a.closed_on IS NULL ORDER BY a.iban;
UPDATE accounts SET balance = balance - 120.50 WHERE id = 31 AND balance >= 120.50;
UPDATE accounts SET balance = balance + 120.50 WHERE id = 77;
INSERT INTO postings (account_id, booked_on, amount, counterparty, purpose) VALUES (31, '2024-03-15', -120.50, 'Stadtwerke', 'Invoice 2024/118');
SELECT booked_on, amount, SUM(amount) OVER (ORDER BY booked_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM postings WHERE account_id = 31 ORDER BY booked_on, id;
SELECT account_id, SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS credits, SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS debits FROM postings WHERE booked_on BETWEEN '2024-03-01' AND '2024-03-31' GROUP BY account_id;
SELECT t.id, t.amount FROM transfers t WHERE t.state = 'pending' AND t.created_at < '2024-03-15 12:00:00' ORDER BY t.id LIMIT 100;
SELECT p.account_id, p.amount, p.booked_on FROM postings p WHERE ABS(p.amount) > 10000 AND p.booked_on >= '2024-03-01' ORDER BY p.booked_on;
SELECT counterparty, COUNT(*) AS times, SUM(amount) AS total FROM postings WHERE account_id = 31 AND amount < 0 GROUP BY counterparty ORDER BY total LIMIT 15;
SELECT c.id, c.name FROM customers c WHERE (SELECT COALESCE(SUM(a.balance), 0) FROM accounts a WHERE a.customer_id = c.id) > 100000 ORDER BY c.name;
SELECT l.id, l.principal, l.rate, COALESCE(SUM(i.amount), 0) AS repaid FROM loans l LEFT JOIN instalments i ON i.loan_id = l.id AND i.paid_on IS NOT NULL GROUP BY l.id, l.principal, l.rate;
SELECT card_token, COUNT(*) AS attempts FROM authorisations WHERE result = 'declined' AND requested_at > '2024-03-15 00:00:00' GROUP BY card_token HAVING COUNT(*) > 3;

-- Discussion forum
SELECT t.id, t.title, t.created_at, u.display_name, (SELECT COUNT(*) FROM posts p WHERE p.thread_id = t.id) AS replies FROM threads t JOIN users u ON u.id = t.author_id WHERE t.board_id = 3 ORDER BY t.pinned DESC, t.last_post_at DESC LIMIT 25;
SELECT p.id, p.body, p.created_at, u.display_name, u.avatar_url FROM posts p JOIN users u ON u.id = p.author_id WHERE p.thread_id = 9120 ORDER BY p.id LIMIT 20 OFFSET 40;
INSERT INTO posts (thread_id, author_id, body) VALUES (9120, 66, 'Thanks, that solved it.');
UPDATE threads SET reply_count = reply_count + 1, last_post_at = CURRENT_TIMESTAMP WHERE id = 9120;
SELECT DISTINCT u.id, u.display_name FROM users u WHERE u.last_seen_at > '2024-09-01' ORDER BY u.display_name;
SELECT tag, COUNT(*) AS threads FROM thread_tags GROUP BY tag ORDER BY threads DESC, tag LIMIT 30;
SELECT t.id, t.title FROM threads t JOIN thread_tags a ON a.thread_id = t.id AND a.tag = 'sql' JOIN thread_tags b ON b.thread_id = t.id AND b.tag = 'performance' ORDER BY t.id DESC;
DELETE FROM notifications WHERE user_id = 66 AND read_at IS NOT NULL AND read_at < '2024-08-01';
SELECT u.id, u.display_name, COUNT(DISTINCT p.thread_id) AS threads FROM users u JOIN posts p ON p.author_id = u.id WHERE p.created_at >= '2024-08-01' GROUP BY u.id, u.display_name ORDER BY threads DESC LIMIT 10;
UPDATE posts SET body = '[removed]', removed_at = CURRENT_TIMESTAMP, removed_by = 2 WHERE id = 500123;
SELECT COUNT(*) AS unread FROM messages WHERE recipient_id = 66 AND read_at IS NULL;
SELECT CASE WHEN sender_id = 66 THEN recipient_id ELSE sender_id END AS partner, MAX(id) AS last_message FROM messages WHERE sender_id = 66 OR recipient_id = 66 GROUP BY CASE WHEN sender_id = 66 THEN recipient_id ELSE sender_id END ORDER BY last_message DESC;

-- Issue tracker
SELECT i.id, i.title, i.priority, s.name AS status FROM issues i JOIN statuses s ON s.id = i.status_id WHERE i.project_id = 8 AND i.assignee_id = 15 AND s.is_open = 1 ORDER BY i.priority, i.id;
SELECT p.name, SUM(CASE WHEN s.is_open = 1 THEN 1 ELSE 0 END) AS open_issues, COUNT(*) AS all_issues FROM projects p JOIN issues i ON i.project_id = p.id JOIN statuses s ON s.id = i.status_id GROUP BY p.id, p.name;
INSERT INTO issue_history (issue_id, changed_by, field, old_value, new_value) VALUES (4410, 15, 'priority', 'low', 'high');
SELECT l.name, COUNT(il.issue_id) AS uses FROM labels l LEFT JOIN issue_labels il ON il.label_id = l.id GROUP BY l.id, l.name ORDER BY l.name;
DELETE FROM issue_watchers WHERE issue_id = 4410 AND user_id = 15;
SELECT i.id FROM issues i WHERE i.milestone_id = 12 AND NOT EXISTS (SELECT 1 FROM issue_links k JOIN issues b ON b.id = k.to_issue_id WHERE k.from_issue_id = i.id AND k.kind = 'blocked_by' AND b.closed_at IS NULL) ORDER BY i.id;
SELECT assignee_id, SUM(estimate_hours) AS planned, SUM(spent_hours) AS spent FROM issues WHERE sprint_id = 31 GROUP BY assignee_id;
SELECT user_id, work_date, SUM(minutes) / 60.0 AS hours FROM time_entries WHERE work_date BETWEEN '2024-05-01' AND '2024-05-31' GROUP BY user_id, work_date ORDER BY user_id, work_date;
UPDATE issues SET assignee_id = NULL WHERE assignee_id = 22 AND closed_at IS NULL;
WITH opened AS (SELECT opened_on AS day, COUNT(*) AS n FROM issues WHERE project_id = 8 GROUP BY opened_on), closed AS (SELECT closed_on AS day, COUNT(*) AS n FROM issues WHERE project_id = 8 AND closed_on IS NOT NULL GROUP BY closed_on) SELECT o.day, o.n AS opened, COALESCE(c.n, 0) AS closed FROM opened o LEFT JOIN closed c ON c.day = o.day ORDER BY o.day;

-- Accounts and rights
SELECT id, email, password_hash, locked_until FROM users WHERE email = 'ann@example.org';
SELECT id, email FROM users WHERE LOWER(email) = 'ann@example.org';
SELECT s.user_id, s.expires_at FROM sessions s WHERE s.token_hash = '9f86d081884c7d659a2feaa0c55ad015' AND s.revoked_at IS NULL;
INSERT INTO sessions (user_id, token_hash, created_at, expires_at) VALUES (15, '60303ae22b998861bce3b28f33eec1be', '2024-10-01 09:00:00', '2024-10-08 09:00:00');
DELETE FROM sessions WHERE expires_at < '2024-10-01 00:00:00';
SELECT DISTINCT pm.name FROM permissions pm JOIN role_permissions rp ON rp.permission_id = pm.id JOIN user_roles ur ON ur.role_id = rp.role_id WHERE ur.user_id = 15 ORDER BY pm.name;
UPDATE users SET failed_logins = failed_logins + 1, last_failed_at = CURRENT_TIMESTAMP WHERE id = 15;
UPDATE users SET failed_logins = 0, locked_until = NULL WHERE id = 15;
SELECT u.email FROM users u JOIN user_roles ur ON ur.user_id = u.id JOIN roles r ON r.id = ur.role_id WHERE r.name = 'admin' AND u.deactivated_at IS NULL;
INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u CROSS JOIN roles r WHERE u.email = 'ann@example.org' AND r.name = 'editor';
SELECT user_id, COUNT(*) AS logins FROM login_events WHERE happened_at >= '2024-09-01' AND happened_at < '2024-10-01' GROUP BY user_id HAVING COUNT(*) > 100;
INSERT INTO audit_log (actor_id, action, entity, entity_id, happened_at) VALUES (15, 'update', 'invoice', 88213, '2024-10-01 09:12:44');
SELECT action, entity, entity_id, happened_at FROM audit_log WHERE actor_id = 15 AND happened_at >= '2024-10-01' ORDER BY id DESC LIMIT 200;
SELECT f.name, COALESCE(o.enabled, f.default_enabled) AS enabled FROM features f LEFT JOIN feature_overrides o ON o.feature_id = f.id AND o.tenant_id = 5 ORDER BY f.name;

-- Measurements
SELECT sensor_id, MAX(recorded_at) AS last_seen FROM readings GROUP BY sensor_id ORDER BY last_seen;
SELECT recorded_at, temperature FROM readings WHERE sensor_id = 17 AND recorded_at >= '2024-07-01 00:00:00' AND recorded_at < '2024-07-02 00:00:00' ORDER BY recorded_at;
SELECT recorded_at, temperature, AVG(temperature) OVER (ORDER BY recorded_at ROWS BETWEEN 5 PRECEDING AND CURRENT ROW) AS smoothed FROM readings WHERE sensor_id = 17 ORDER BY recorded_at;
INSERT INTO readings (sensor_id, recorded_at, temperature, humidity) VALUES (17, '2024-07-01 10:00:00', 21.4, 48), (18, '2024-07-01 10:00:00', 22.0, 45), (19, '2024-07-01 10:00:00', 19.7, 52);
DELETE FROM readings WHERE recorded_at < '2022-01-01';
SELECT s.id, s.name, s.location FROM sensors s WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.sensor_id = s.id AND r.recorded_at > '2024-07-01');
SELECT sensor_id, MIN(temperature) AS low, MAX(temperature) AS high FROM readings WHERE temperature BETWEEN -40 AND 85 GROUP BY sensor_id;
INSERT INTO readings_hourly (sensor_id, hour_start, mean_temperature, samples) SELECT sensor_id, hour_start, AVG(temperature), COUNT(*) FROM readings_raw WHERE hour_start = '2024-07-01 10:00:00' GROUP BY sensor_id, hour_start;
SELECT a.raised_at, a.level, s.name, a.message FROM alarms a JOIN sensors s ON s.id = a.sensor_id WHERE a.acknowledged_at IS NULL ORDER BY a.level DESC, a.raised_at;
UPDATE alarms SET acknowledged_at = CURRENT_TIMESTAMP, acknowledged_by = 3 WHERE id = 881 AND acknowledged_at IS NULL;
WITH ordered AS (SELECT sensor_id, recorded_at, LEAD(recorded_at) OVER (PARTITION BY sensor_id ORDER BY recorded_at) AS next_at FROM readings) SELECT sensor_id, recorded_at, next_at FROM ordered WHERE next_at IS NULL OR next_at > recorded_at ORDER BY sensor_id;

-- Subscriptions
SELECT s.id, c.company, p.name AS plan, s.renews_on FROM subscriptions s JOIN companies c ON c.id = s.company_id JOIN plans p ON p.id = s.plan_id WHERE s.status = 'active' AND s.renews_on BETWEEN '2024-11-01' AND '2024-11-30' ORDER BY s.renews_on;
SELECT p.name, COUNT(*) AS subscribers, SUM(p.monthly_price) AS mrr FROM subscriptions s JOIN plans p ON p.id = s.plan_id WHERE s.status IN ('active', 'past_due') GROUP BY p.id, p.name ORDER BY mrr DESC;
UPDATE subscriptions SET status = 'cancelled', cancelled_at = '2024-11-03 11:20:00', cancel_reason = 'too expensive' WHERE id = 7712;
INSERT INTO invoices (company_id, number, issued_on, due_on, net, tax, currency) VALUES (88, '2024-001977', '2024-11-01', '2024-11-15', 490.00, 93.10, 'EUR');
SELECT i.number, i.due_on, i.net + i.tax AS gross FROM invoices i WHERE i.paid_on IS NULL AND i.due_on < '2024-11-20' ORDER BY i.due_on, i.number;
SELECT company_id, SUM(net + tax) AS outstanding FROM invoices WHERE paid_on IS NULL GROUP BY company_id HAVING SUM(net + tax) > 1000 ORDER BY outstanding DESC;
SELECT cohort, month_no, COUNT(DISTINCT company_id) AS active FROM activity_by_cohort GROUP BY cohort, month_no ORDER BY cohort, month_no;
SELECT COALESCE(MAX(number), '2024-000000') FROM invoices WHERE number LIKE '2024-%';
WITH used AS (SELECT company_id, SUM(api_calls) AS calls FROM daily_usage WHERE used_on >= '2024-11-01' GROUP BY company_id) SELECT c.company, u.calls, p.included_calls, u.calls - p.included_calls AS excess FROM used u JOIN companies c ON c.id = u.company_id JOIN subscriptions s ON s.company_id = c.id JOIN plans p ON p.id = s.plan_id WHERE u.calls > p.included_calls;
SELECT 'invoice' AS kind, number AS reference, issued_on AS day, net FROM invoices WHERE company_id = 88 UNION ALL SELECT 'credit note', number, issued_on, -net FROM credit_notes WHERE company_id = 88 ORDER BY day;

-- Music and media
SELECT tr.id, tr.title, al.title AS album, ar.name AS artist, tr.seconds FROM tracks tr JOIN albums al ON al.id = tr.album_id JOIN artists ar ON ar.id = al.artist_id WHERE ar.name = 'Nina Simone' ORDER BY al.released_on, tr.position;
SELECT ar.id, ar.name, COUNT(pl.id) AS plays FROM plays pl JOIN tracks tr ON tr.id = pl.track_id JOIN albums al ON al.id = tr.album_id JOIN artists ar ON ar.id = al.artist_id WHERE pl.listener_id = 3021 AND pl.played_at >= '2024-01-01' GROUP BY ar.id, ar.name ORDER BY plays DESC LIMIT 5;
INSERT INTO playlist_tracks (playlist_id, track_id, position) SELECT 12, 9981, COALESCE(MAX(position), 0) + 1 FROM playlist_tracks WHERE playlist_id = 12;
UPDATE playlist_tracks SET position = position - 1 WHERE playlist_id = 12 AND position > 4;
SELECT genre, COUNT(*) AS tracks, SUM(seconds) / 3600.0 AS hours FROM tracks GROUP BY genre HAVING COUNT(*) > 10 ORDER BY hours DESC;
SELECT p.id, p.title FROM podcasts p WHERE p.language = 'pt' AND p.explicit = 0 ORDER BY p.subscriber_count DESC, p.id LIMIT 40;
SELECT e.id, e.title FROM episodes e WHERE e.podcast_id IN (SELECT s.podcast_id FROM podcast_subscriptions s WHERE s.listener_id = 3021) AND e.published_at > '2024-10-20' ORDER BY e.published_at DESC;
SELECT listener_id, NTILE(4) OVER (ORDER BY minutes) AS quartile, minutes FROM monthly_listening WHERE month = '2024-10';
DELETE FROM plays WHERE played_seconds < 5 AND played_at < '2024-01-01';
SELECT a.name, FIRST_VALUE(t.title) OVER (PARTITION BY a.id ORDER BY t.play_count DESC) AS top_track FROM artists a JOIN tracks t ON t.artist_id = a.id WHERE a.country = 'ML';

-- Tickets and travel
SELECT f.number, f.departs_at, f.arrives_at, o.iata AS origin, d.iata AS destination FROM flights f JOIN airports o ON o.id = f.origin_id JOIN airports d ON d.id = f.destination_id WHERE o.iata = 'LIS' AND d.iata = 'OSL' AND f.departs_at >= '2024-12-20' AND f.departs_at < '2024-12-21' ORDER BY f.departs_at;
SELECT s.seat_row, s.letter FROM seats s LEFT JOIN bookings b ON b.seat_id = s.id AND b.flight_id = 5510 WHERE s.aircraft_id = 9 AND b.id IS NULL ORDER BY s.seat_row, s.letter;
INSERT INTO bookings (flight_id, seat_id, passenger_id, fare, booked_at) VALUES (5510, 1204, 66120, 189.90, '2024-11-02 18:30:00');
UPDATE bookings SET seat_id = 1207 WHERE id = 990021 AND checked_in_at IS NULL;
SELECT h.name, r.kind, MIN(n.price) AS cheapest FROM hotels h JOIN rooms r ON r.hotel_id = h.id JOIN nightly_rates n ON n.room_id = r.id WHERE h.city = 'Porto' AND n.night BETWEEN '2025-03-01' AND '2025-03-04' GROUP BY h.id, h.name, r.kind HAVING COUNT(*) = 4 ORDER BY cheapest;
SELECT r.id FROM rooms r WHERE r.hotel_id = 31 AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.room_id = r.id AND s.arrives_on < '2025-03-05' AND s.leaves_on > '2025-03-01');
SELECT e.id, e.title, e.starts_at, e.capacity - COUNT(t.id) AS places_left FROM events e LEFT JOIN tickets t ON t.event_id = e.id AND t.refunded_at IS NULL WHERE e.starts_at > '2024-11-01' GROUP BY e.id, e.title, e.starts_at, e.capacity ORDER BY e.starts_at;
UPDATE tickets SET scanned_at = CURRENT_TIMESTAMP, gate = 'B' WHERE code = 'X7K2-99QP' AND scanned_at IS NULL;
SELECT origin_id, AVG(delay_minutes) AS mean_delay, SUM(CASE WHEN delay_minutes > 15 THEN 1 ELSE 0 END) * 100.0 / COUNT(*) AS late_percent FROM flights WHERE departs_at >= '2024-10-01' GROUP BY origin_id;

-- Games and sport
SELECT player_id, score, RANK() OVER (ORDER BY score DESC) AS place FROM scores WHERE season = 14 ORDER BY score DESC LIMIT 100;
SELECT t.name, SUM(CASE WHEN m.home_goals > m.away_goals THEN 3 WHEN m.home_goals = m.away_goals THEN 1 ELSE 0 END) AS points FROM matches m JOIN teams t ON t.id = m.home_team_id WHERE m.season = 2024 GROUP BY t.id, t.name ORDER BY points DESC, t.name;
SELECT g.id, g.name, COUNT(gm.player_id) AS members FROM guilds g LEFT JOIN guild_members gm ON gm.guild_id = g.id GROUP BY g.id, g.name HAVING COUNT(gm.player_id) < 3;
UPDATE players SET gold = gold - 250, level = level + 1 WHERE id = 1001 AND gold >= 250;
INSERT INTO achievements_earned (player_id, achievement_id, earned_at) SELECT p.id, 12, CURRENT_TIMESTAMP FROM players p WHERE p.kills >= 1000 AND NOT EXISTS (SELECT 1 FROM achievements_earned e WHERE e.player_id = p.id AND e.achievement_id = 12);
SELECT i.name, i.rarity, inv.amount FROM inventories inv JOIN items i ON i.id = inv.item_id WHERE inv.player_id = 1001 AND i.rarity IN ('epic', 'legendary') ORDER BY i.rarity, i.name;
SELECT m.id, h.name AS home, a.name AS away, m.home_goals, m.away_goals FROM matches m JOIN teams h ON h.id = m.home_team_id JOIN teams a ON a.id = m.away_team_id WHERE m.round = 12 AND m.season = 2024 ORDER BY m.kicked_off_at;

-- Restaurants, farms, energy, museums
SELECT t.number, t.seats FROM dining_tables t WHERE t.seats >= 4 AND t.id NOT IN (SELECT r.table_id FROM reservations r WHERE r.evening = '2024-12-06') ORDER BY t.seats, t.number;
SELECT d.name, d.price, SUM(ol.quantity) AS sold FROM order_lines ol JOIN dishes d ON d.id = ol.dish_id JOIN bills b ON b.id = ol.bill_id WHERE b.closed_at >= '2024-12-01' GROUP BY d.id, d.name, d.price ORDER BY sold DESC;
UPDATE dishes SET available = 0 WHERE id IN (SELECT di.dish_id FROM dish_ingredients di JOIN ingredients i ON i.id = di.ingredient_id WHERE i.stock_grams < di.grams);
SELECT f.name, c.name AS crop, SUM(h.kilograms) / f.hectares AS yield_per_hectare FROM harvests h JOIN fields f ON f.id = h.field_id JOIN crops c ON c.id = h.crop_id WHERE h.year = 2024 GROUP BY f.id, f.name, f.hectares, c.name ORDER BY yield_per_hectare DESC;
INSERT INTO milkings (cow_id, milked_at, litres) VALUES (12, '2024-05-11 05:30:00', 14.2), (13, '2024-05-11 05:34:00', 12.9);
SELECT meter_id, read_on, value - LAG(value, 1, value) OVER (PARTITION BY meter_id ORDER BY read_on) AS used FROM meter_values WHERE read_on >= '2024-01-01' ORDER BY meter_id, read_on;
SELECT tariff_id, SUM(kwh) AS kwh, SUM(kwh * price_per_kwh) AS cost FROM consumption WHERE customer_id = 4100 AND month BETWEEN '2024-01' AND '2024-06' GROUP BY tariff_id;
SELECT o.inventory_number, o.title, o.dated, l.name AS place FROM objects o JOIN locations l ON l.id = o.location_id WHERE o.on_display = 1 AND o.department = 'prints' ORDER BY o.inventory_number;
SELECT e.title, COUNT(v.id) AS visitors FROM exhibitions e LEFT JOIN visits v ON v.exhibition_id = e.id WHERE e.opens_on <= '2024-06-30' AND e.closes_on >= '2024-01-01' GROUP BY e.id, e.title;
UPDATE objects SET location_id = 77, moved_at = CURRENT_TIMESTAMP WHERE inventory_number = 'P.1931-0044';
SELECT p.id, p.address, p.rooms, p.rent FROM properties p WHERE p.city_id = 4 AND p.rent BETWEEN 700 AND 1100 AND p.rooms >= 2 AND p.let_since IS NULL ORDER BY p.rent, p.id LIMIT 30;
SELECT b.name, COUNT(CASE WHEN f.state = 'occupied' THEN 1 END) AS occupied, COUNT(*) AS flats FROM buildings b JOIN flats f ON f.building_id = b.id GROUP BY b.id, b.name;

-- Definitions and migrations
CREATE TABLE countries (code CHAR(2) NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, currency CHAR(3) NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL UNIQUE, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE article_tags (article_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (article_id, tag_id), FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE, FOREIGN KEY (tag_id) REFERENCES tags (id));
CREATE TABLE IF NOT EXISTS settings (tenant_id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, value VARCHAR(2000), PRIMARY KEY (tenant_id, name));
CREATE TABLE stock_movements (
  id BIGINT NOT NULL PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (id),
  warehouse_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  reason VARCHAR(20) NOT NULL CHECK (reason IN ('sale', 'return', 'purchase', 'correction')),
  moved_at TIMESTAMP NOT NULL,
  CONSTRAINT fk_movement_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouses (id)
);
CREATE INDEX idx_orders_customer ON orders (customer_id, placed_at);
CREATE UNIQUE INDEX uq_users_email ON users (email);
CREATE INDEX idx_postings_account_day ON postings (account_id, booked_on DESC);
CREATE VIEW open_invoices AS SELECT i.id, i.number, i.company_id, i.net + i.tax AS gross, i.due_on FROM invoices i WHERE i.paid_on IS NULL;
CREATE VIEW product_ratings AS SELECT product_id, COUNT(*) AS reviews, AVG(stars) AS stars FROM reviews WHERE approved = 1 GROUP BY product_id;
ALTER TABLE customers ADD COLUMN newsletter INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN vat_number VARCHAR(20);
ALTER TABLE orders RENAME TO sales_orders;
ALTER TABLE customers RENAME COLUMN phone TO phone_number;
DROP TABLE IF EXISTS import_staging;
DROP VIEW IF EXISTS product_ratings;
CREATE TABLE products_2023 AS SELECT id, sku, name, price FROM products WHERE discontinued = 1;
INSERT INTO schema_migrations (version, applied_at) VALUES ('20240611093000', CURRENT_TIMESTAMP);
SELECT version FROM schema_migrations ORDER BY version;
INSERT INTO countries (code, name, currency) VALUES ('PT', 'Portugal', 'EUR'), ('NO', 'Norway', 'NOK'), ('ML', 'Mali', 'XOF'), ('JP', 'Japan', 'JPY');
UPDATE customers SET country_code = 'GB' WHERE country_code = 'UK';
UPDATE invoices SET currency = (SELECT co.currency FROM countries co JOIN companies c ON c.country_code = co.code WHERE c.id = invoices.company_id) WHERE currency IS NULL;
DELETE FROM article_tags WHERE tag_id NOT IN (SELECT id FROM tags);
BEGIN;
COMMIT;
ROLLBACK;
SAVEPOINT before_import;
RELEASE SAVEPOINT before_import;
ROLLBACK TO SAVEPOINT before_import;

-- Reports and small things
SELECT 1;
SELECT CURRENT_TIMESTAMP;
SELECT COUNT(*) FROM users;
SELECT MAX(id) FROM orders;
SELECT status, COUNT(*) AS n FROM orders GROUP BY status ORDER BY n DESC;
SELECT COUNT(*) AS n, SUM(CASE WHEN phone_number IS NULL OR phone_number = '' THEN 1 ELSE 0 END) AS without_phone FROM customers;
SELECT email, COUNT(*) AS copies FROM users GROUP BY email HAVING COUNT(*) > 1;
SELECT CASE WHEN total < 50 THEN 'small' WHEN total < 200 THEN 'medium' ELSE 'large' END AS size, COUNT(*) AS orders FROM sales_orders GROUP BY CASE WHEN total < 50 THEN 'small' WHEN total < 200 THEN 'medium' ELSE 'large' END;
SELECT region, SUM(CASE WHEN quarter = 1 THEN amount ELSE 0 END) AS q1, SUM(CASE WHEN quarter = 2 THEN amount ELSE 0 END) AS q2, SUM(CASE WHEN quarter = 3 THEN amount ELSE 0 END) AS q3, SUM(CASE WHEN quarter = 4 THEN amount ELSE 0 END) AS q4 FROM sales WHERE year = 2024 GROUP BY region ORDER BY region;
SELECT o.order_id FROM (SELECT order_id, SUM(quantity) AS pieces FROM order_items GROUP BY order_id) o WHERE o.pieces > 100;
SELECT id, NULLIF(nickname, '') AS nickname, COALESCE(NULLIF(nickname, ''), name) AS shown FROM members WHERE club_id = 6 ORDER BY name;
SELECT month, revenue, revenue - LAG(revenue) OVER (ORDER BY month) AS growth, revenue * 100.0 / SUM(revenue) OVER () AS share FROM monthly_revenue WHERE year = 2024 ORDER BY month;
SELECT a.id, a.title FROM articles a WHERE a.state = 'published' AND a.id <> 318 AND a.section_id = (SELECT section_id FROM articles WHERE id = 318) ORDER BY a.published_at DESC LIMIT 5;
SELECT c.name, c.population FROM cities c WHERE c.population > (SELECT AVG(population) FROM cities) ORDER BY c.population DESC;
SELECT product_id FROM wishlists EXCEPT SELECT product_id FROM order_items;
SELECT email FROM newsletter_subscribers UNION SELECT email FROM customers WHERE newsletter = 1 ORDER BY email;
SELECT UPPER(SUBSTR(name, 1, 1)) AS initial, COUNT(*) AS n FROM companies GROUP BY UPPER(SUBSTR(name, 1, 1)) ORDER BY initial;
SELECT ROUND(AVG(price), 2) AS mean_price, ROUND(SUM(price * stock), 2) AS stock_value FROM products WHERE active = 1;
SELECT id, LENGTH(body) AS size FROM articles WHERE state = 'draft' ORDER BY LENGTH(body) DESC LIMIT 10;
SELECT t.id, t.name, (SELECT COUNT(*) FROM tasks k WHERE k.team_id = t.id AND k.done = 0) AS open_tasks, (SELECT COUNT(*) FROM tasks k WHERE k.team_id = t.id AND k.done = 1) AS done_tasks FROM teams t ORDER BY t.name;
UPDATE jobs SET locked_by = 'worker-3', locked_at = CURRENT_TIMESTAMP, attempts = attempts + 1 WHERE id = 55120 AND locked_by IS NULL;
DELETE FROM jobs WHERE finished_at IS NOT NULL AND finished_at < '2024-11-01';
SELECT queue, state, COUNT(*) AS jobs, MIN(created_at) AS oldest FROM jobs GROUP BY queue, state ORDER BY queue, state;
UPDATE pages SET views = views + 1 WHERE path = '/about';
SELECT path, SUM(views) AS views FROM page_stats WHERE day BETWEEN '2024-11-01' AND '2024-11-07' GROUP BY path ORDER BY views DESC, path LIMIT 20;
SELECT key_name, value FROM translations WHERE locale = 'nb' AND key_name LIKE 'checkout.%' ORDER BY key_name;
SELECT x.id FROM orders x WHERE x.customer_id = 12 AND x.total = (SELECT MAX(y.total) FROM orders y WHERE y.customer_id = 12);
SELECT g.day, COALESCE(s.visits, 0) AS visits FROM calendar g LEFT JOIN daily_visits s ON s.day = g.day WHERE g.day BETWEEN '2024-11-01' AND '2024-11-30' ORDER BY g.day;
