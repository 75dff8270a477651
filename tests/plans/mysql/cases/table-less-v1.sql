-- format: v1
-- analyze: no
SELECT 1 + 1
