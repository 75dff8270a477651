-- versions: 15 17 18
-- twin: text
merge into shipments p using (select generate_series(59990, 60010) as id) s on p.id = s.id
when matched and s.id < 59995 then delete
when matched then update set weight = p.weight + 1
when not matched then insert values (s.id, s.id, 'new', 1);
