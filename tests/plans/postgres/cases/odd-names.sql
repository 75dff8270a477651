-- versions: 14 16 18
-- twin: text
select d."select", c."お名前" as "a ""b" from "; DROP" d join customers c on c.id = d."select" where c."お名前" like '%7' and d."a b" like '; DROP%';
