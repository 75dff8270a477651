-- versions: 14 18
select count(*) from imports i join imports j on i.id = j.id where i.payload like 'a%';
