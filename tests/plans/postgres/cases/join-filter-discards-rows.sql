-- versions: 15 18
select count(*) from categories c join products p on abs(p.category_id - c.id) < 3;
