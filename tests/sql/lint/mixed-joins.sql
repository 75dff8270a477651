-- bad: all
SELECT a.id FROM a, b JOIN c ON c.b_id = b.id WHERE a.id = b.a_id;
-- good: all
SELECT a.id FROM a JOIN b ON b.a_id = a.id JOIN c ON c.b_id = b.id;
-- near: all
SELECT a.id FROM a, b, c WHERE a.id = b.a_id AND c.b_id = b.id;
-- near: postgres
SELECT a.id, n FROM a JOIN b ON b.a_id = a.id, unnest(b.numbers) AS n;
