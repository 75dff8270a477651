-- versions: 17 18
-- options: SERIALIZE
select * from documents;
