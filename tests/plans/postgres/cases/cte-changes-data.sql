-- versions: 14 18
-- twin: text
with gone as (delete from shipments where id < 2000 returning order_id),
  noted as (insert into audit select order_id, 'gone' from gone)
select count(*) from categories;
