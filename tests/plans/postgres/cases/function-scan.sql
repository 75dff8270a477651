-- versions: 14 17
-- twin: text
select o.id, o.total from orders_of(77) o join generate_series(1, 3) n on true where o.total > 10;
