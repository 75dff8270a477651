-- versions: 15 17
-- twin: text
select count(*) from orders tablesample system (10) repeatable (7) where total > 50;
