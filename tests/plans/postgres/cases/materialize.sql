-- versions: 14 18
-- set: enable_hashjoin = off
-- set: enable_mergejoin = off
-- twin: text
select count(*) from categories a join categories b on a.id <> b.id and a.parent_id + b.parent_id < 100;
