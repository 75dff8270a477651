-- versions: 14 18
-- set: enable_hashjoin = off
-- set: enable_mergejoin = off
-- twin: text
select count(*) from (values (timestamptz '2025-02-10'), ('2025-02-11')) v(day) join events e on e.at = v.day;
