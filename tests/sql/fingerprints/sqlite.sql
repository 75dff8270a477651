SELECT * FROM T WHERE a = 1
select * from t where A == ?1
SELECT * FROM [t] WHERE "a" = :name
SELECT * FROM `T` WHERE a = $name
SELECT * FROM t WHERE a = @name
SELECT * FROM t WHERE a = x'ab'
SELECT * FROM t WHERE a = .5

SELECT * FROM [my t] WHERE a = 1

PRAGMA table_info(t)
pragma TABLE_INFO(T)
