-- versions: 14 15 16 17 18
-- twin: text
with recursive tree as (
  select id, parent_id, 1 as depth from categories where parent_id is null
  union all
  select c.id, c.parent_id, t.depth + 1 from categories c join tree t on c.parent_id = t.id
)
select depth, count(*) from tree group by depth;
