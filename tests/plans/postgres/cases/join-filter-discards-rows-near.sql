-- versions: 15 18
select count(*) from categories c join products p on p.category_id <> c.id;
