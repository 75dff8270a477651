-- versions: 15 18
select * from generate_series(1, 5000);
