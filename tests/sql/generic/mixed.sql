-- Text of an unknown engine: what cannot be mistaken for something else is understood.
SELECT `a;b`, "c;d", 'e;f', $$g;h$$, $x$i;j$x$;
CREATE TRIGGER t AFTER INSERT ON x BEGIN UPDATE x SET a = 1; END;
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; END;
DELIMITER //
SELECT 1; SELECT 2//
DELIMITER ;
BEGIN; COMMIT;;; 日本語; SELECT '😀;' /* 日 ; */
