SELECT * FROM t WHERE a = 1
select * from t where A = "x" # why
SELECT /* a */ * FROM `t` WHERE `a` = ?
SELECT /*!40001 * FROM */ t WHERE a = 0xFF
SELECT * FROM t WHERE a = _utf8'x'
SELECT * FROM t WHERE a = 'it''s' 'b\'c'

SELECT * FROM T WHERE a = 1

SELECT U.id, COUNT(*) FROM Users U, Other WHERE U.Id = @x
select U.ID, count(*) from Users U, Other where U.id = @X

SELECT u.id, COUNT(*) FROM Users u, Other WHERE u.Id = @x

INSERT INTO Foo (A, b) VALUES (1, 'x')
INSERT INTO Foo(a, B) VALUES (1, 'x'), (2, 'y')

SELECT a FROM t LIMIT 10

SELECT a FROM t LIMIT 10, 20
SELECT a FROM t LIMIT 1, 2

SELECT a FROM t WHERE b = 1 - 1

SELECT @@global.max_connections

SELECT @max_connections
