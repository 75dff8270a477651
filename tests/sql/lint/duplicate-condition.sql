-- bad: all
SELECT id FROM orders WHERE total > 5 AND status = 'open' AND total > 5;
-- good: all
SELECT id FROM orders WHERE total > 5 AND status = 'open' AND paid > 5;
-- near: mysql mariadb sqlite
SELECT id FROM orders WHERE name = ? OR name = ?;
