\set id 1
\echo begin; here
COPY t (a, b) FROM STDIN WITH (FORMAT text);
1	it's; not SQL
2	"
\.
SELECT 1 \gx
SELECT 2 \g out.txt
select 3\;select 4;
\pset null x \\ SELECT 5;
SELECT 6
\d t
copy t from stdin; -- without data
SELECT 7;
