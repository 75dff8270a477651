-- Rewrites that look right and are not, on tables that have NULLs and copies: each query is named,
-- then stands the text that must never be called proven, then the query.

-- NOT IN over NULLs finds nothing, NOT EXISTS finds rows
-- SELECT id FROM person WHERE NOT EXISTS (SELECT 1 FROM visit WHERE visit.person = person.id)
SELECT id FROM person WHERE id NOT IN (SELECT person FROM visit);

-- NULL is not NOT IN a list
-- SELECT id FROM person WHERE NOT EXISTS (SELECT 1 FROM visit WHERE visit.person = person.boss AND person < 400)
SELECT id FROM person WHERE boss NOT IN (SELECT person FROM visit WHERE person < 400);

-- a join repeats what IN finds once
-- SELECT person.id FROM person JOIN visit ON visit.person = person.id
SELECT id FROM person WHERE id IN (SELECT person FROM visit);

-- without DISTINCT a join repeats its rows
-- SELECT p.id FROM person AS p JOIN visit AS v ON v.person = p.id WHERE v.seconds > 50
SELECT DISTINCT p.id FROM person AS p JOIN visit AS v ON v.person = p.id WHERE v.seconds > 50;

-- EXISTS without DISTINCT shows a city as often as people live there
-- SELECT p.city FROM person AS p WHERE EXISTS (SELECT 1 FROM visit AS v WHERE v.person = p.id)
SELECT DISTINCT p.city FROM person AS p JOIN visit AS v ON v.person = p.id;

-- UNION removes copies between its parts
-- SELECT city FROM person UNION ALL SELECT page FROM visit
SELECT city FROM person UNION SELECT page FROM visit;

-- UNION removes copies within its parts, too
-- SELECT 'lives' AS what, city FROM person UNION ALL SELECT 'reads', page FROM visit
SELECT 'lives' AS what, city FROM person UNION SELECT 'reads', page FROM visit;

-- an inner join loses the rows without a partner
-- SELECT p.id, v.page FROM person AS p JOIN visit AS v ON v.person = p.id AND v.seconds > 95
SELECT p.id, v.page FROM person AS p LEFT JOIN visit AS v ON v.person = p.id AND v.seconds > 95;

-- a row that both sides of OR find is shown twice
-- SELECT id FROM person WHERE city = 'c3' UNION ALL SELECT id FROM person WHERE score > 90
SELECT id FROM person WHERE city = 'c3' OR score > 90;

-- UNION removes copies that OR keeps
-- SELECT score FROM person WHERE city = 'c3' UNION SELECT score FROM person WHERE boss < 100
SELECT score FROM person WHERE city = 'c3' OR boss < 100;

-- NOT TRUE is not the same as NOT
-- SELECT id FROM person WHERE score > 90 UNION ALL SELECT id FROM person WHERE city = 'c3' AND NOT score > 90
SELECT id FROM person WHERE score > 90 OR city = 'c3';

-- an inner join with a grouped sub-query loses those with none
-- SELECT p.id, v.n FROM person AS p JOIN (SELECT person, count(*) AS n FROM visit GROUP BY person) AS v ON v.person = p.id WHERE p.id > 5000
SELECT p.id, (SELECT count(*) FROM visit AS v WHERE v.person = p.id) AS n FROM person AS p WHERE p.id > 5000;

-- no rows sum up to NULL, not to nothing
-- SELECT p.id, coalesce(v.n, 0) AS n FROM person AS p LEFT JOIN (SELECT person, sum(seconds) AS n FROM visit GROUP BY person) AS v ON v.person = p.id WHERE p.id > 5000
SELECT p.id, (SELECT sum(v.seconds) FROM visit AS v WHERE v.person = p.id) AS n FROM person AS p WHERE p.id > 5000;

-- a count of a column leaves out its NULLs
-- SELECT p.id FROM person AS p WHERE p.id > 5000 AND EXISTS (SELECT 1 FROM visit AS v WHERE v.person = p.id)
SELECT p.id FROM person AS p WHERE p.id > 5000 AND (SELECT count(v.seconds) FROM visit AS v WHERE v.person = p.id) > 0;

-- COALESCE finds the NULLs
-- SELECT id FROM person WHERE score = 0
SELECT id FROM person WHERE coalesce(score, 0) = 0;

-- a group's maximum is no test of its rows
-- SELECT city, count(*) AS n FROM person WHERE score > 90 GROUP BY city
SELECT city, count(*) AS n FROM person GROUP BY city HAVING max(score) > 90;

-- a day has hours behind its date
-- SELECT id FROM person WHERE seen BETWEEN '2025-02-10' AND '2025-02-20'
SELECT id FROM person WHERE date(seen) BETWEEN '2025-02-10' AND '2025-02-20';

-- LIKE takes capitals for small letters
-- SELECT id FROM person WHERE name LIKE 'an%'
SELECT id FROM person WHERE substr(name, 1, 2) = 'an';

-- a join with itself by something that is no key repeats rows
-- SELECT a.id FROM person AS a WHERE a.id < 30
SELECT a.id FROM person AS a JOIN person AS b ON b.city = a.city WHERE a.id < 30;

-- a look-up by something that is no key
-- SELECT p.id, v.page FROM person AS p LEFT JOIN visit AS v ON v.person = p.id WHERE p.id > 5000
SELECT p.id, (SELECT v.page FROM visit AS v WHERE v.person = p.id) AS page FROM person AS p WHERE p.id > 5000;
