-- versions: 15 18
select sum(sqrt(i)) from generate_series(1, 1000) i;
