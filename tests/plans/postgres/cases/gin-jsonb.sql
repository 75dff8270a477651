-- versions: 14 17
-- twin: text
select id from customers where profile @> '{"tags": ["t3", "t5"]}';
