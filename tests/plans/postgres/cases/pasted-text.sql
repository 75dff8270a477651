-- versions: 14 18
-- format: text
select p.name from products p where p.category_id = 7 and p.price > 20;
