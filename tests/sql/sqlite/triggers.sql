CREATE TEMP TRIGGER IF NOT EXISTS x AFTER UPDATE OF a ON [t;x]
WHEN new.begin > CASE WHEN 1 THEN 2 END
BEGIN
  SELECT CASE WHEN 1 THEN 2 END;
  UPDATE t SET a = `b;`, "c;" = 'it''s; here';
END;
BEGIN; SELECT 1; END;
CREATE TRIGGER unfinished;
SELECT 'a\'; -- no escape
/* not /* nested */ VALUES (1);
EXPLAIN QUERY PLAN SELECT * FROM t;
PRAGMA table_info('t')
