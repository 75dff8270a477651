-- versions: 17 18
-- options: SERIALIZE
select id from documents;
