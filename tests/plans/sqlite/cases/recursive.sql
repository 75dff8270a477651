WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i, r.name FROM n LEFT JOIN regions r ON r.id = i
