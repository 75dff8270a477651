-- versions: 14 18
-- twin: text
insert into products select i, 'again ' || i, 1, 2 from generate_series(1998, 2004) i
on conflict (id) do update set name = excluded.name where products.id < 2000;
