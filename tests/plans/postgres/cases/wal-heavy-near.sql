-- versions: 15 18
-- options: WAL
insert into imports select i, md5(i::text) from generate_series(1, 100) i;
