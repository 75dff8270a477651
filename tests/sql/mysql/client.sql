delimiter $$
CREATE FUNCTION f() RETURNS INT BEGIN RETURN 1; END$$
SELECT 'a\';$$'; SELECT 2 $$
SELECT `x$$y` -- $$ in a comment
$$
DELIMITER "//"
SELECT 4 // SELECT 5//
DELIMITER ; -- the rest of the line is ignored
SELECT delimiter
FROM t;
SELECT 5--1, 6 -- a comment;
;
SELECT * FROM t\G
SELECT 1\g SELECT 2;
\. other.sql
\u other
SELECT 1
delimiter |
SELECT 2; SELECT 3|
