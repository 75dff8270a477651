-- versions: 14 18
-- twin: text
select o.id, v.label from (values (1, 'one'), (2, 'two'), (3, 'it''s "three"')) v(id, label) join orders o using (id);
