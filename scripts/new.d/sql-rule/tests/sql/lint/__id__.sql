-- bad: all
SELECT 1;
-- good: all
SELECT 2;
-- near: all
SELECT 3;
