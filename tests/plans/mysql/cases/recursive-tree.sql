-- format: tree
WITH RECURSIVE tree AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM tree WHERE n < 50) SELECT t.n, r.name FROM tree t LEFT JOIN regions r ON r.id = t.n
